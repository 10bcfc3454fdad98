"""The reports computed a second time, in plain Python over the data files, and compared with the engine's."""
