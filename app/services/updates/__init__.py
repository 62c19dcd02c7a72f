"""Updates: a signed feed looked at, a release fetched, verified and laid beside the running program."""
