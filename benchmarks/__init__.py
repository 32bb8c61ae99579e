"""What `make bench` prints: mxcheat beside a peer, or beside a floor, measured in one run."""
