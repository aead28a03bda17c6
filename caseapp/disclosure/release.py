"""From tables of true counts to an edition that was attacked and may leave, or to no edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from caseapp.disclosure.annual import hide
from caseapp.disclosure.certificate import certify
from caseapp.disclosure.edition import Edition, document
from caseapp.disclosure.hints import true_world
from caseapp.disclosure.judging import Flag, Judgement, judge
from caseapp.disclosure.lattice import Lattice, link
from caseapp.disclosure.partners import Partner, known_document
from caseapp.disclosure.rounding import Demand, Rounding, Weights, round_tables
from caseapp.disclosure.rules import BASE, ROUNDING_5, Method, NotSafe, Progress, silent
from caseapp.disclosure.suppression import suppressed
from caseapp.disclosure.tables import Cell, Table
from caseapp.disclosure.trial import kept_worlds, run_attacker

MOST_TRIES = 6
WIDER = 2  # how much wider a suppressed count must be able to move after each try
PATIENCE = 4.0  # seconds for what the usual rule would give away, which is only told roughly


def protect(
    tables: Sequence[Table],
    key: bytes,
    period: str,
    since: str,
    others: Sequence[Edition] = (),
    ledger_head: str = "",
    *,
    worlds: bytes = b"",
    method: Method = ROUNDING_5,
    known: Partner | None = None,
    weights: Weights | None = None,
    progress: Progress = silent,
) -> Edition:
    """An edition that the attacker, given all `others` of the series too, cannot undo.

    `worlds`: those of the edition before, as it kept them (`Edition.worlds`); the attacker checks
    each before it counts. `known`: what a partner can subtract.

    Raises `NotSafe` where six tries do not help, `NotSolved`, `AttackFailed` or `Contradiction`.
    """
    lattice, trial = link(tables), _Trial(others, worlds, known, progress)
    if method.is_annual:
        return _suppress(
            Edition(period, since, tuple(tables), {}, method=method), trial, ledger_head
        )
    demand, flags = _neighbours(period, others), 0
    for attempt in range(MOST_TRIES):
        rounding = round_tables(
            lattice, key, since, demand, weights, progress=progress, base=method.base
        )
        edition = Edition(
            period, since, tuple(tables), rounding.values, rounding.widened, method=method
        )
        found = trial.of(edition)
        if not found.flags:
            return _certified(edition, lattice, rounding, found, trial, attempt, ledger_head)
        flags = len(found.flags)
        progress(f"Try {attempt + 1}: {flags} figures to repair")
        if any(is_hopeless(flag, period) for flag in found.flags):
            break
        demand = repaired(demand, edition, found.flags)
    raise NotSafe(
        f"No release for {period}: {flags} figures could still be worked out after every repair "
        "that was tried. Use fewer or broader categories."
    )


def _neighbours(period: str, others: Sequence[Edition]) -> Demand:
    earlier = sorted((each for each in others if each.period < period), key=_when)
    later = sorted((each for each in others if each.period > period), key=_when)
    before = earlier[-1].values if earlier else {}
    return Demand(before=before, after=later[0].values if later else {})


def _when(edition: Edition) -> str:
    return edition.period


class _Found(NamedTuple):
    """What everybody could find, and what a partner could that subtracts its own cases."""

    everybody: Judgement
    partner: tuple[Partner, Judgement] | None

    @property
    def flags(self) -> tuple[Flag, ...]:
        return self.everybody.flags + (self.partner[1].flags if self.partner else ())


class _Trial:
    """The attacks on one edition after another try, by everybody and by a partner."""

    def __init__(
        self,
        others: Sequence[Edition],
        worlds: bytes,
        partner: Partner | None,
        progress: Progress,
    ) -> None:
        self.others, self.worlds, self.partner, self.progress = others, worlds, partner, progress
        self.documents = {each.period: each.document() for each in others}
        self.truths = {each.period: link(each.tables).truth for each in others}

    def of(self, edition: Edition) -> _Found:
        self.progress("Attacking")
        everybody = self._judge(edition, (), self.worlds)
        if self.partner is None:
            return _Found(everybody, None)
        self.progress("Attacking with what a partner knows")
        units = known_document(self.partner.units)
        remainders = self._judge(edition, units, kept_worlds(everybody.report))
        return _Found(everybody, (self.partner, remainders))

    def _judge(
        self, edition: Edition, known: Sequence[Mapping[str, Any]], worlds: bytes
    ) -> Judgement:
        documents = self.documents | {edition.period: edition.document()}
        truths = self.truths | {edition.period: link(edition.tables).truth}
        report = run_attacker(
            [documents[period] for period in sorted(documents)],
            progress=self.progress,
            kept=worlds,
            told=true_world(truths),
            known=known,
            candidates=edition.method.candidates,
        )
        return judge(report, truths, edition.method.candidates)


def _suppress(whole: Edition, trial: _Trial, ledger_head: str) -> Edition:
    """One exact edition; what could still be worked out is hidden more widely at the next try."""
    lattice, wider = link(whole.tables), Counter[Cell]()
    for attempt in range(MOST_TRIES):
        hidden = hide(whole.tables, whole.method, wider, trial.progress)
        shown = {cell: n for cell, n in lattice.truth.items() if cell not in hidden}
        edition = replace(whole, values=shown, hidden=hidden)
        found = trial.of(edition)
        if not found.flags:
            return _certified(edition, lattice, None, found, trial, attempt, ledger_head)
        trial.progress(f"Try {attempt + 1}: {len(found.flags)} figures to repair")
        wider.update({flag.cell: WIDER for flag in found.flags})
    raise NotSafe(
        f"No release for {whole.period}: {len(found.flags)} figures could still be worked out "
        "however much was suppressed. Use fewer or broader categories."
    )


def _certified(
    edition: Edition,
    lattice: Lattice,
    rounding: Rounding | None,
    found: _Found,
    trial: _Trial,
    repairs: int,
    ledger_head: str,
) -> Edition:
    compared = _compare(edition, trial.progress)
    certificate = certify(
        edition, lattice, rounding, found.everybody, compared, repairs, ledger_head, found.partner
    )
    worlds = kept_worlds(found.everybody.report)
    return replace(edition, certificate=certificate, worlds=worlds)


def _compare(edition: Edition, progress: Progress) -> Judgement:
    """The same attacker on the tables of this month alone, under the usual rule: only what it
    proved in the time that it had."""
    progress("Comparing with suppression under 5")
    files = suppressed(edition.tables, under=BASE)
    truths = {edition.period: link(edition.tables).truth}
    report = run_attacker(
        [document(edition.period, edition.since, files)],
        progress=progress,
        told=true_world(truths),
        patience=PATIENCE,
    )
    return judge(report, truths, proved=True)


def is_hopeless(flag: Flag, period: str) -> bool:
    """What other months give away by themselves, no figure of this month can hide."""
    return bool(flag.because) and all(month != period for month, _ in flag.because)


def repaired(demand: Demand, edition: Edition, flags: Sequence[Flag]) -> Demand:
    """What the next try has to avoid: all the falls together that gave a figure away; where
    nothing fell, all the values together that did."""
    forbidden = list(demand.forbidden)
    for flag in flags:
        causes = {cell for period, cell in flag.because if period == edition.period}
        falls = {cell for cell in causes if edition.values[cell] < demand.before.get(cell, 0)}
        forbidden.append({cell: edition.values[cell] for cell in falls or causes or {flag.cell}})
    return replace(demand, forbidden=tuple(forbidden))
