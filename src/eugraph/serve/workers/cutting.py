"""A note in an answer that was cut, where its format has room for one.

JSON gets a member in its `head`: readers pass over members there, and not all do so behind the rows. XML gets a
comment.
CSV and TSV have no place that is no row, so there the header alone tells.
"""

from __future__ import annotations

import orjson

TRUNCATED = {
    "rows": "There are more rows than one answer may have here, and these are the first ones.",
    "bytes": "The rows are larger than one answer may be here, and these are the first ones.",
}


def cut_note(body: bytes, form: str, truncated: str) -> bytes:
    """Return the bytes of an answer, with a note where it was cut.

    Args:
        body: the answer.
        form: its format, as in `eugraph.serve.forms`.
        truncated: the limit that cut it, "" where none did.
    """
    if not truncated:
        return body
    if form == "json":
        note = orjson.dumps({"truncated": truncated, "message": TRUNCATED[truncated]})
        return body.replace(b'{"head": {', b'{"head": {"eugraph": ' + note + b", ", 1)
    if form == "xml":
        return body.rstrip() + f"\n<!-- {TRUNCATED[truncated]} -->\n".encode()
    return body
