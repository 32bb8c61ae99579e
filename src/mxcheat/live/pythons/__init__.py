"""Which Python runs which framework, what keeps it from that, and installing one."""
