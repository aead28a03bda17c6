"""What an attack saw is kept, and is carried on to the editions that come after."""

from base64 import b64decode

from caseapp.disclosure.attacker.again import Carried
from caseapp.disclosure.attacker.bounds import System, assemble, propagate
from caseapp.disclosure.attacker.kept import Kept, is_world, unpack
from caseapp.disclosure.attacker.puzzle import Puzzle, set_puzzle
from caseapp.disclosure.attacker.reading import PublishedEdition, read_edition
from caseapp.disclosure.attacker.report import attack
from caseapp.disclosure.attacker.targets import choose_targets, start
from caseapp.disclosure.attacker.timeline import cut_by_edition
from caseapp.disclosure.attacker.worlds import world_in_turn
from tests.unit.disclosure.borough import make_units, six_tables
from tests.unit.disclosure.releases import certified_rounding, publish

UNITS = make_units(240)
EARLIER, LATER = six_tables(UNITS[:180]), six_tables(UNITS)
FIRST = read_edition(publish(EARLIER, certified_rounding(EARLIER), "2026-04"))
SECOND = read_edition(publish(LATER, certified_rounding(LATER), "2026-05"))


def seen_in(edition: PublishedEdition) -> Kept:
    kept = unpack(b64decode(attack([edition])["kept"]))
    assert kept is not None
    return kept


def said_by(*editions: PublishedEdition) -> tuple[Puzzle, System]:
    puzzle = set_puzzle(editions)
    return puzzle, propagate(assemble(puzzle.rows + puzzle.growth, puzzle.lower, puzzle.upper))


def test_each_world_that_was_kept_is_a_world_again() -> None:
    puzzle, system = said_by(FIRST)
    worlds = list(seen_in(FIRST).placed(puzzle))
    assert len(worlds) > 5
    assert len({world.tobytes() for world in worlds}) == len(worlds)
    assert all(is_world(system, world) for world in worlds)


def test_a_world_that_was_kept_is_carried_on_to_the_edition_that_came_after() -> None:
    puzzle, system = said_by(FIRST, SECOND)
    timeline = cut_by_edition(system, puzzle.places(), puzzle.earlier)
    targets = choose_targets(puzzle, system, 0 * system.lower)
    findings = start(targets, system)
    carried = Carried(timeline, seen_in(FIRST).placed(puzzle), findings)
    reached = 0
    while (begun := carried.next()) is not None:
        assert begun.editions == 1
        world = world_in_turn(timeline, 0 * system.lower, begun=begun)
        if world is not None:
            own = timeline.forwards[0].own
            assert is_world(system, world)
            assert (world[own] == begun.world[own]).all()
            findings.witness(world)
            reached += 1
    assert reached


def test_a_world_that_no_longer_fits_what_was_published_is_not_carried_on() -> None:
    puzzle, system = said_by(FIRST, SECOND)
    timeline = cut_by_edition(system, puzzle.places(), puzzle.earlier)
    findings = start(choose_targets(puzzle, system, 0 * system.lower), system)
    wrong = [world + 1000 for world in seen_in(FIRST).placed(puzzle)]
    assert Carried(timeline, wrong, findings).next() is None
