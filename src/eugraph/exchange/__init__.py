"""Between a release and a store elsewhere: `push` brings a store to a release, `pull` takes from an endpoint."""
