"""Processes that answer queries: each has the store open read-only, answers one at a time, and can be ended."""

from eugraph.serve.workers.messages import Head, Question, Source, WholeGraph
from eugraph.serve.workers.pool import Answered, QueryPool

__all__ = ["Answered", "Head", "QueryPool", "Question", "Source", "WholeGraph"]
