"""What does not fit together among figures that are each right by themselves: pure decisions."""

from collections.abc import Iterator, Mapping

from caseapp.figures.catalogue import EVERYBODY, figure_specs, parts
from caseapp.figures.queries import EnteredValue

TOLERANCE = 0.001  # of everybody: a census disturbs each of its tables a little


def parts_above_their_whole(entered: Mapping[str, EnteredValue]) -> Iterator[str]:
    """A sentence for each figure that is more than the one that it is a part of."""
    specs = figure_specs()
    for code, value in entered.items():
        spec = specs.get(code)
        whole = entered.get(spec.part_of) if spec else None
        if spec and whole and value.value > whole.value:
            of = specs[spec.part_of]
            yield (
                f"{spec.label} ({spec.words(value.value)}) cannot be more than"
                f" {of.label} ({of.words(whole.value)}). One of the two is wrong"
            )


def sums_that_differ(groups: Mapping[str, int]) -> Iterator[str]:
    """A sentence for each way of dividing everybody that does not add up to everybody."""
    everybody = groups[EVERYBODY]
    for name, members in parts().items():
        total = sum(groups[each.code] for each in members)
        if abs(total - everybody) > everybody * TOLERANCE:
            than = "more" if total > everybody else "fewer"
            yield (
                f"The groups by {name} add up to {total:,},"
                f" {abs(total - everybody):,} {than} than everybody"
            )
