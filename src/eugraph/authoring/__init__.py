"""Help for people who write descriptions: files laid out, things added, and what editors need to check YAML."""
