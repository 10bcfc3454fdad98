"""The kinds of mending, a module each. They are pure: a value that is wrong, what is wanted, what is known."""
