"""The change feed: a Linked Data Event Stream of the versions of all documents, in files below `feed/`.

- vocabulary: the words of LDES, TREE and ActivityStreams, and where the parts of a feed lie
- state: what a feed holds, as the next release reads it
- events: which documents came, changed and went
- pages: events, a page after the other; one that is full never changes
- stream: the root, which leads to the pages, in Turtle and JSON-LD
- making: all of it for one release

A member of the stream is one version of one document: an activity of ActivityStreams, and a named graph of the same
name that holds the whole document. See docs/decisions/0061-versions-as-a-stream.md.

Spec: Linked Data Event Streams 1.0, <https://w3id.org/ldes/specification>; TREE, <https://w3id.org/tree/specification>.
"""
