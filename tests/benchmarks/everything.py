"""All benchmarks over one corpus, as Markdown.

python tests/benchmarks/everything.py CORPUS [--limit N | --generate N] > report.md
"""

from __future__ import annotations

import around
import building
import keystrokes
import known_items
import marking
import query_classes
import starting
from workbench import arguments, workbench


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--phrases", type=int, default=40, help="titles to type the first words of")
    parser.add_argument("--papers", type=int, default=1000, help="papers to look for, by class")
    parser.add_argument("--liked", type=int, default=200, help="papers to which similar ones are looked for")
    parser.add_argument("--questions", type=int, default=40, help="questions of each other class")
    parser.add_argument("--starts", type=int, default=9, help="how often each program is started")
    parser.add_argument("--fresh", action="store_true", help="build again what was built before")
    options = parser.parse_args()
    bench = workbench(options)
    building.report(bench, is_fresh=options.fresh)
    keystrokes.report(bench, options.seed, options.phrases)
    query_classes.report(bench, options.seed, options.questions)
    known_items.report(bench, options.seed, options.papers)
    around.report(bench, options.seed, options.liked)
    marking.report(bench, options.seed)
    starting.report(bench, options.starts)


if __name__ == "__main__":
    main()
