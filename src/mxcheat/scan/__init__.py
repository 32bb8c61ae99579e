"""What a code base uses of either framework, which rows answer it, and what will bite."""
