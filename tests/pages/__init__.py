"""Tests of the pages for people; `reading` takes a page apart, `checking` follows the links of a whole release."""
