"""Where statements stand in a text: parsers tell statements without places, so the text is gone through once more.

Each module knows a family of formats, and gives the places in the order in which the parser gives the statements. The
two are laid side by side, so that every statement has its place, whatever its terms are.
"""
