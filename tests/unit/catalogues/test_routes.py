"""The pages of a catalogue: what a year releases, what it costs, by which method."""

from collections.abc import Callable
from threading import enumerate as threads

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.catalogues.actions import YearIsSettled, choose_method, choose_tables, settle_year
from caseapp.catalogues.queries import catalogue_of, is_settled, method_of, newest_trial
from caseapp.catalogues.rules import find_table
from caseapp.catalogues.trials import cost_of
from caseapp.database import db, transaction
from caseapp.disclosure.rules import ROUNDING_5
from caseapp.indicators.catalogue import Catalogue, standard_catalogue
from tests.cast import Cast
from tests.filled_catalogue import COST, keep_a_trial
from tests.visits import send

ClientOf = Callable[[str], FlaskClient]
PAGE = "/catalogue/2026-27"
SUSPECT = f"{PAGE}/tables/theme_by_suspect"


@pytest.fixture(autouse=True)
def in_june() -> object:
    with time_machine.travel("2026-06-10 12:00", tick=True):
        yield None


@pytest.fixture
def analyst(client_of: ClientOf) -> FlaskClient:
    return client_of("analyst")


def settle(app: Flask, catalogue: Catalogue | None = None) -> None:
    with app.app_context(), transaction():
        settle_year("2026-27", catalogue or standard_catalogue(), ROUNDING_5.name)


def chosen(app: Flask, year: str = "2026-27") -> Catalogue:
    with app.app_context():
        return catalogue_of(db.session(), year)


def kinds(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.kind).order_by(AuditEntry.number)))


def names(catalogue: Catalogue) -> set[str]:
    return {spec.name for spec in catalogue.tables}


def test_a_year_without_a_choice_has_the_tables_that_come_with_the_program(
    app: Flask, analyst: FlaskClient
) -> None:
    page = analyst.get("/catalogue", follow_redirects=True)
    assert "Tables of 2026-27" in page.text
    assert "Cases by theme and profile of the alleged perpetrator" in page.text
    assert "Not tried" in page.text
    assert chosen(app) == standard_catalogue()
    with app.app_context():
        assert method_of(db.session(), "2026-27") == "rounding_5"


def test_a_year_far_away_is_no_page(analyst: FlaskClient) -> None:
    for year in ("2024-25", "2028-29", "last", "2026-28"):
        assert analyst.get(f"/catalogue/{year}").status_code == 404


def test_a_table_is_switched_off_and_on_for_one_year_alone_and_audited(
    app: Flask, analyst: FlaskClient
) -> None:
    warned = analyst.get(SUSPECT).text
    assert "Without this table there is no value for indicator 24" in warned
    off = send(analyst, f"{SUSPECT}/off", shown_at=SUSPECT)
    page = analyst.get(off.location).text
    assert "is not released in 2026-27" in page
    assert "Switched off" in page
    assert names(standard_catalogue()) - names(chosen(app)) == {"theme_by_suspect"}
    assert chosen(app, "2027-28") == standard_catalogue()
    assert kinds(app)[-1] == Kind.CATALOGUE_CHOSEN
    assert analyst.get(SUSPECT).status_code == 404
    send(analyst, f"{SUSPECT}/on", shown_at=PAGE)
    assert chosen(app) == standard_catalogue()


def test_a_table_that_is_sent_off_twice_is_off_once(app: Flask, analyst: FlaskClient) -> None:
    fields = send(analyst, f"{SUSPECT}/off", shown_at=SUSPECT)
    assert fields.status_code == 302
    assert send(analyst, f"{SUSPECT}/off", shown_at=PAGE).status_code == 302
    assert kinds(app).count(Kind.CATALOGUE_CHOSEN) == 1


def test_a_dimension_is_made_broad_and_fine_again(app: Flask, analyst: FlaskClient) -> None:
    path = f"{PAGE}/tables/theme_by_age_band_and_sex"
    send(analyst, path, age_band="broad")
    spec = find_table(chosen(app), "theme_by_age_band_and_sex")
    assert spec is not None
    assert spec.grouped == ("age_band",)
    assert "(groups alone)" in analyst.get(PAGE).text
    send(analyst, path, age_band="fine")
    assert chosen(app) == standard_catalogue()


def test_a_table_is_added_by_its_population_and_ways_to_cut(
    app: Flask, analyst: FlaskClient
) -> None:
    path = f"{PAGE}/new/referrals"
    assert path in analyst.get(f"{PAGE}/new").text
    nothing = send(analyst, path)
    assert nothing.status_code == 422
    assert send(analyst, path, dimensions="nothing").status_code == 422
    assert "Choose by what the table is cut" in nothing.text
    page = analyst.get(send(analyst, path, dimensions="sex").location).text
    assert "Referrals to other services by sex" in page
    assert "own_referrals_by_sex" in names(chosen(app))
    send(analyst, f"{PAGE}/standard", shown_at=PAGE)
    assert chosen(app) == standard_catalogue()


@pytest.mark.parametrize(
    ("population", "dimensions", "says"),
    [
        ("cases", ["theme", "sex"], "shows all of this already"),
        ("cases", ["theme", "sex", "ward", "slcn"], "at most 3"),
        ("incidents", ["ward", "offence", "outcome"], "more than 3,000"),
    ],
)
def test_a_table_that_cannot_be_says_why_and_what_was_ticked_stays(
    app: Flask, analyst: FlaskClient, population: str, dimensions: list[str], says: str
) -> None:
    path = f"{PAGE}/new/{population}"
    answer = send(analyst, path, dimensions=dimensions)  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert says in answer.text
    assert answer.text.count(" checked") == len(dimensions)
    assert chosen(app) == standard_catalogue()


def test_a_year_with_an_edition_is_kindly_refused_and_the_next_one_is_not(
    app: Flask, analyst: FlaskClient
) -> None:
    page = analyst.get(SUSPECT)
    settle(app)
    sent = send(analyst, f"{SUSPECT}/off", shown_at="/catalogue/2027-28/tables/theme_by_suspect")
    assert "stay as they are until the year ends" in analyst.get(sent.location).text
    assert page.status_code == 200
    assert chosen(app) == standard_catalogue()
    assert analyst.get("/catalogue").location == "/catalogue/2027-28"
    assert "See the cost" not in analyst.get(PAGE).text
    following = "/catalogue/2027-28/tables/theme_by_suspect"
    send(analyst, f"{following}/off", shown_at=following)
    assert "theme_by_suspect" not in names(chosen(app, "2027-28"))


def test_a_settled_year_keeps_the_tables_of_its_edition_whatever_comes_with_the_program(
    app: Flask, cast: Cast
) -> None:
    then = Catalogue(standard_catalogue().tables[:3])
    settle(app, then)
    settle(app, standard_catalogue())  # the edition of the next month
    assert chosen(app) == then
    with app.app_context():
        assert is_settled(db.session(), "2026-27")
        with pytest.raises(YearIsSettled):
            choose_tables("2026-27", standard_catalogue(), cast.analyst)
        with pytest.raises(YearIsSettled):
            choose_method("2026-27", "rounding_3", cast.administrator)


def test_the_method_is_chosen_by_the_administrator_until_an_edition_is_out(
    app: Flask, client_of: ClientOf
) -> None:
    administrator = client_of("administrator")
    path = "/release-method/2026-27"
    page = administrator.get(path).text
    assert "every true count from 1 to 4 keeps at least 4" in page
    sent = send(administrator, path, method="rounding_3")
    assert "Rounded to a multiple of 3" in administrator.get(sent.location).text
    with app.app_context():
        assert method_of(db.session(), "2026-27") == "rounding_3"
    assert kinds(app)[-1] == Kind.CATALOGUE_CHOSEN
    assert send(administrator, path, method="none").status_code == 422
    settle(app)
    late = send(administrator, path, shown_at="/release-method/2027-28", method="rounding_5")
    assert "stay as they are until the year ends" in administrator.get(late.location).text
    assert administrator.get("/release-method/2020-21").status_code == 404


def test_nobody_chooses_what_is_not_theirs(client_of: ClientOf) -> None:
    assert client_of("analyst").get("/release-method/2026-27").status_code == 404
    assert client_of("administrator").get(PAGE).status_code == 404
    assert client_of("manager").get(PAGE).status_code == 404


def test_the_cost_is_seen_before_it_counts_and_nothing_is_kept(
    app: Flask, cast: Cast, analyst: FlaskClient
) -> None:
    with app.app_context(), transaction():
        choose_tables("2026-27", Catalogue(standard_catalogue().tables[:2]), cast.analyst)
    began = send(analyst, f"{PAGE}/trial", shown_at=PAGE)
    began.close()  # as a server does when the answer is sent
    again = send(analyst, f"{PAGE}/trial", shown_at=PAGE)
    again.close()
    wait_for_trials()
    page = analyst.get(began.location).text
    assert "Certified" in page
    assert "Nothing of it is kept" not in page
    with app.app_context():
        trial = newest_trial(db.session(), "2026-27")
        assert trial is not None
        cost = cost_of(trial)
        assert cost is not None
        assert trial.month == "2026-05"
        assert cost.certified
        assert 24 in cost.without_value  # its table is not there
        assert cost.small["theme_by_age_band_and_sex"] == "Many"
        assert db.session.execute(select(db.metadata.tables["releases"])).all() == []
    assert Kind.CATALOGUE_TRIED in kinds(app)
    assert Kind.CASES_COUNTED not in kinds(app)
    assert "Many" in analyst.get(PAGE).text


def wait_for_trials() -> None:
    for thread in threads():
        if thread.name == "catalogue-trial":
            thread.join(timeout=300)


def test_a_trial_that_is_not_certified_says_what_to_do(
    app: Flask, cast: Cast, analyst: FlaskClient
) -> None:
    cost = replace(COST, certified=False, mean_error=None, advice="Use fewer categories.")
    with app.app_context():
        trial_id = keep_a_trial(cast, cost)
    page = analyst.get(f"/catalogue/trials/{trial_id}").text
    assert "Use fewer categories." in page
    assert "make tables broader" in page
    assert "3: " in page


def test_a_trial_without_a_case_says_so_and_can_be_begun_again(
    app: Flask, analyst: FlaskClient
) -> None:
    with time_machine.travel("2026-05-02 12:00", tick=True):  # April has no case
        began = send(analyst, f"{PAGE}/trial", shown_at=PAGE)
        began.close()
        wait_for_trials()
        page = analyst.get(began.location).text
    assert "No case has been opened" in page
    assert "Try again" in page
