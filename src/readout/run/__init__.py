"""Who carries the steps out: in this process, in workers, on a cluster."""
