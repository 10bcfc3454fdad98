"""The budgets of the design, measured as ratios against named peers: `python -m benchmarks`, or `make bench`.

A benchmark measures whole commands or whole functions on the same input as its peer, in turn (A B A B), and gives the
median. Each peer runs in its best documented mode. One module a benchmark; `registry` names them all.

- effort: rounds, sizes and limits of a run, by default and with --full
- cost, table: what was measured, the verdict, and how it is printed
- timing: functions in turn; processes in turn, with their peak memory
- child, worker: what runs in those processes
- material, replica: the reference workspace, and many times it
- tree: a command with all processes that it starts
- cordis_tables, morph_kgc, rdflib_script: the tables of CORDIS, and the peers of their import
"""
