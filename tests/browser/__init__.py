"""Pages in a real browser: Debian's chromium, with axe-core where it lies. `make browser` brings both."""
