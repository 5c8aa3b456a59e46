"""The command line does what the page does, and what goes out comes back unchanged."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from indicators.facts import install_triggers, lift_triggers
from indicators.importing.long_form import HEADERS
from indicators.importing.resources import ObservationResource
from indicators.models import (
    FileMapping,
    ImportBatch,
    ImportFinding,
    Indicator,
    Observation,
    Organization,
    OrganizationName,
    Publication,
    Series,
)
from indicators.periods import CALENDARS, KINDS, Period, PeriodError, parse_period
from tests.factories import make_district, make_indicator
from tests.indicators.cast import bring_in, long_form, make_steward, row
from tests.indicators.mapped import state_workbook

pytestmark = pytest.mark.django_db
KEYS = {
    "batch",
    "state",
    "layout",
    "mapping",
    "new",
    "changed",
    "unchanged",
    "refused",
    "suspicious",
    "findings",
    "missing",
}


@pytest.fixture
def command(tmp_path, capsys):
    """Runs import_observations on rows; the exit status and what it printed."""

    def run(*rows, content=None, **options):
        file = tmp_path / "file.csv"
        file.write_bytes(long_form(*rows) if content is None else content)
        status = 0
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("import_observations", str(file), stdout=out, stderr=err, **options)
        except SystemExit as end:
            status = end.code
        return status, out.getvalue(), err.getvalue()

    return run


def exported(**options):
    out = io.StringIO()
    call_command("export_observations", stdout=out, **options)
    return out.getvalue()


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_a_clean_file_is_applied(world, command):
    user = make_steward(world.jeffco)
    status, told, _ = command(row("85.3"), known_on="2020-01-16", by=user.email, json=True)
    told = json.loads(told)
    assert status == 0 and set(told) == KEYS
    assert (told["state"], told["new"], told["findings"]) == ("applied", 1, [])
    batch = ImportBatch.objects.get(pk=told["batch"])
    assert (batch.by, batch.district, batch.known_on) == (user.person, world.jeffco, date(2020, 1, 16))
    assert Observation.objects.get().value == Decimal("85.3")


def test_a_preview_writes_nothing_at_all(world, command):
    status, told, _ = command(row("85.3"), preview=True, json=True)
    assert status == 0 and json.loads(told)["new"] == 1
    assert not ImportBatch.objects.exists() and not Observation.objects.exists()


def test_refused_rows_need_a_person(world, command):
    status, told, _ = command(row("85.3"), row("x", "2018", group="Nobody"), json=True)
    told = json.loads(told)
    assert status == 3 and told["state"] == "checked" and told["missing"]["groups"] == ["Nobody"]
    assert {(finding["cell"], finding["kind"]) for finding in told["findings"]} == {
        ("D3", "refused"),
        ("E3", "refused"),
    }
    assert not Observation.objects.exists()
    assert command(row("85.3"), row("x", "2018"), preview=True)[0] == 3


def test_refused_rows_are_left_out_by_explicit_choice(world, command):
    status, told, _ = command(row("85.3"), row("x", "2018"), skip_refused=True)
    assert status == 0 and "1 new" in told and "1 refused" in told and "E3" in told
    assert Observation.objects.count() == 1


def test_suspicious_values_need_a_person_or_a_word(world, command):
    bring_in(row("85.3"))
    assert command(row("0.859"), known_on="2020-02-01")[0] == 3
    assert command(row("0.859"), known_on="2020-02-01", suspicious="keep")[0] == 0


@pytest.mark.parametrize("as_json", [True, False])
def test_a_file_that_is_no_table_is_refused(world, command, as_json):
    status, out, err = command(content=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", json=as_json)
    assert status == 4 and not ImportBatch.objects.exists()
    if as_json:
        told = json.loads(out)
        assert told["state"] == "refused" and "old kind" in told["findings"][0]["message"] and set(told) == KEYS
    else:
        assert "old kind" in err


@pytest.mark.parametrize("options", [{"known_on": "yesterday"}, {"by": "nobody@example.org"}])
def test_wrong_options_are_said(world, command, options):
    with pytest.raises(CommandError):
        command(row("85.3"), **options)


def test_an_export_comes_back_unchanged_to_the_last_digit_and_mark(world, command):
    bring_in(
        row("85.306", n="6017"),
        row("*", "2018", n=""),
        row("N/A", "2017", n="16", source="=HYPERLINK(1)"),
        row("< 16", "2016", organization="CO:0108"),
        row(">= 98%", "2015", group="Female", source=""),
        row('"16 to 50"', "2014", source='"Quoted, with ""marks"""'),
        row("-3.25", "2013-14", indicator="seats", source="-minus"),
        row("0", "2012"),
        skip_refused=True,
    )
    before = Observation.objects.count()
    text = exported()
    status, told, _ = command(content=text.encode(), json=True)
    told = json.loads(told)
    assert status == 0
    assert (told["unchanged"], told["new"], told["changed"], told["refused"]) == (before, 0, 0, 0)
    assert exported() == text


def test_an_export_holds_no_formula_but_negative_numbers_stay_numbers(world):
    Indicator.objects.filter(code="seats").update(natural_low=None)
    bring_in(row("-3.25", "2013-14", indicator="seats", source="=1+1"), row("85", source="@x"))
    rows = table(exported())
    assert {line["source"] for line in rows} == {"'=1+1", "'@x"}
    assert {line["value"] for line in rows} == {"-3.25", "85"}


def test_an_export_gives_what_is_known_on_the_day_once(world):
    bring_in(row("85.3"), known_on=date(2019, 7, 17))
    bring_in(row("85.9"), known_on=date(2020, 2, 1))
    assert [line["value"] for line in table(exported())] == ["85.9"]
    assert [line["value"] for line in table(exported(as_of="2019-08-30"))] == ["85.3"]
    with override_settings(DEMONSTRATION_DAY=date(2020, 1, 1)):
        assert [line["value"] for line in table(exported())] == ["85.3"]


def test_an_export_can_be_narrowed_and_refuses_unknown_names(world, tmp_path):
    bring_in(row("85.3"), row("84", group="F"), row("90", "2018-19", indicator="seats"))
    assert len(table(exported(indicator=["graduation-4yr"]))) == 2
    assert len(table(exported(indicator=["graduation-4yr", "seats"], group=["All students"]))) == 2
    assert not table(exported(organization=["CO:0108"]))
    with pytest.raises(CommandError, match="unheard-of"):
        exported(indicator=["unheard-of"])
    file = tmp_path / "out.csv"
    exported(output=str(file))
    assert file.read_bytes().startswith(b"\xef\xbb\xbfindicator,period")


def test_an_illustration_says_so_in_every_row(world):
    make_indicator(code="made-up", name="Made up", is_illustration=True)
    bring_in(row("85.3"), row("50", indicator="made-up"))
    assert {line["indicator"]: line["illustration"] for line in table(exported())} == {
        "graduation-4yr": "", "made-up": "illustration",
    }  # fmt: skip


def test_the_library_exports_the_same_long_form(world):
    bring_in(row("85.3"))
    dataset = ObservationResource().export()
    assert dataset.headers == HEADERS and len(dataset) == 1
    assert dataset.csv.replace("\r\n", "\n") == exported()


@pytest.mark.parametrize("size", [1, 3, 50])
def test_an_export_is_one_query(world, django_assert_num_queries, size):
    bring_in(*[row("40", str(1950 + number)) for number in range(size)])
    with django_assert_num_queries(1):
        assert len(ObservationResource().export()) == size


@pytest.mark.parametrize("calendar", CALENDARS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_label_of_every_period_reads_back_as_that_period(calendar, kind):
    try:
        Period(calendar, kind, 1)
    except PeriodError:
        return
    per_year = {"year": 1, "semester": 2, "quarter": 4, "month": 12, "week": 52.1775, "day": 365.2425}[kind]
    first = round(2012 * per_year)
    for number in range(first, first + 60):
        period = Period(calendar, kind, number)
        assert parse_period(period.label(), calendar, kind) == period


@pytest.fixture
def state_file(command):
    """Runs the command on the small state workbook, which no header of ours names."""
    return lambda **options: command(content=state_workbook(), json=True, **options)


def test_a_file_in_doubt_waits_for_a_person_with_a_reason_for_each_guess(world, state_file):
    status, told, _ = state_file(district="CO:1420")
    told = json.loads(told)
    assert status == 3 and told["state"] == "mapping" and set(told) == KEYS
    assert told["layout"]["header_rows"] == [2] and told["layout"]["sheet"] == 1 and told["layout"]["shape"]
    columns = told["mapping"]["tables"][0]["columns"]
    assert all(column["reason"] for column in columns)
    assert "0109" in " ".join(told["missing"]["organizations"])
    assert told["missing"]["indicators"] and not Observation.objects.exists()


def test_a_file_is_taken_as_proposed_and_what_is_missing_created(world, state_file):
    assert state_file(district="CO:1420", accept_proposal=True)[0] == 3, "to accept guesses is not to create"
    status, told, _ = state_file(district="CO:1420", accept_proposal=True, create_missing=True)
    told = json.loads(told)
    assert (status, told["state"]) == (0, "applied"), told
    assert set(Observation.objects.values_list("value", flat=True)) == {
        Decimal("92.6"),
        Decimal("93.1"),
        Decimal("92.2"),
    }
    assert ImportBatch.objects.get(pk=told["batch"]).layout["created"]["organizations"]
    assert set(FileMapping.objects.values_list("district__code", flat=True)) == {"1420"}


def test_a_preview_of_such_a_file_keeps_and_creates_nothing(world, state_file):
    status, told, _ = state_file(district="CO:1420", accept_proposal=True, create_missing=True, preview=True)
    told = json.loads(told)
    assert status == 0 and told["new"] == 3 and told["batch"] is None
    assert not ImportBatch.objects.exists() and not Organization.objects.filter(code="0109").exists()
    assert Indicator.objects.count() == 2


def test_a_mapping_is_saved_edited_and_used_again(world, state_file, tmp_path):
    told = json.loads(state_file(district="CO:1420", preview=True)[1])
    told["mapping"]["organizations"] = {
        name: {**choice, "act": "leave_out", "because": {"message": "", "details": {}, "is_sure": True}}
        if choice["act"] == "create" else choice
        for name, choice in told["mapping"]["organizations"].items()
    }  # fmt: skip
    saved = tmp_path / "mapping.json"
    saved.write_text(json.dumps(told))
    status, told, _ = state_file(district="CO:1420", mapping=str(saved), accept_proposal=True, create_missing=True)
    assert (status, json.loads(told)["new"]) == (0, 2), "the school that is left out does not come in"
    name = FileMapping.objects.get().name
    status, told, _ = state_file(district="CO:1420", mapping=name, accept_proposal=True, create_missing=True)
    assert (status, json.loads(told)["unchanged"]) == (0, 2)


@pytest.mark.parametrize("mapping", ["Nothing of this name", "broken.json"])
def test_a_mapping_that_is_none_is_said(world, command, tmp_path, mapping):
    (tmp_path / "broken.json").write_text("{")
    with pytest.raises(CommandError, match="mapping"):
        command(row("85"), mapping=str(tmp_path / mapping) if mapping.endswith("json") else mapping)


def test_an_unknown_district_is_said(world, command):
    with pytest.raises(CommandError, match="no one district"):
        command(row("85"), district="CO:9999")


def test_a_fresh_site_takes_a_file_without_any_district(db, command):
    status, told, _ = command(content=state_workbook(), json=True, accept_proposal=True, create_missing=True)
    told = json.loads(told)
    assert (status, told["state"]) == (0, "applied"), told
    assert Observation.objects.count() >= 2 and not Indicator.objects.filter(is_public=True).exists()


def test_a_fresh_site_takes_an_export_with_what_it_names(world, command):
    bring_in(row("85.3"), row("- -", "2018", n="< 16", organization="CO:0108"), row("84.1*", "2017", group="Female"))
    text = exported()
    table_before = table(text)
    lift_triggers()
    for model in (Publication, Observation, Series, ImportFinding, ImportBatch, Indicator, OrganizationName):
        model.objects.all().delete()
    install_triggers()
    Organization.objects.filter(kind="school").delete()
    status, told, _ = command(content=text.encode(), json=True, create_missing=True)
    assert (status, json.loads(told)["new"]) == (0, 3), told
    assert table(exported()) == table_before


def test_marks_and_marked_sizes_come_back_as_they_were_printed(world, command):
    bring_in(
        row("- -", n="< 16"), row("s", "2018", n="50 or less"), row("81.6*", "2017", n="16-50"),
        row("<= 2%", "2016"), row("LNE", "2015", n="*"),
    )  # fmt: skip
    text = exported()
    assert [(line["value"], line["n"]) for line in table(text)] == [
        ("LNE", "*"), ("<= 2%", "6500"), ("81.6*", "16-50"), ("s", "50 or less"), ("'- -", "< 16"),
    ]  # fmt: skip
    told = json.loads(command(content=text.encode(), json=True)[1])
    assert (told["unchanged"], told["new"], told["changed"], told["refused"]) == (5, 0, 0, 0)


STATE_TABLE = ["District Code,District Name,School Year,Attendance Rate", "1420,Jefferson County R-1,2018-2019,92.6"]
OTHERS = [*STATE_TABLE, "0010,Mapleton 1,2018-2019,90.1", "0020,Adams 12,2018-2019,91.7"]
TAKEN = {"json": True, "accept_proposal": True, "create_missing": True}


def test_rows_about_others_are_passed_over_where_one_known_district_has_rows(world, command):
    status, told, _ = command(content="\n".join(OTHERS).encode(), **TAKEN)
    told = json.loads(told)
    assert (status, told["new"], told["refused"]) == (0, 1, 0)
    assert ImportBatch.objects.get().district == world.jeffco
    assert told["layout"]["passed_over"]["others"] == 2
    assert told["layout"]["passed_over_words"] == [
        "2 rows about organizations of other districts, or that are left out, were passed over."
    ]
    assert not Organization.objects.filter(code__in=["0010", "0020"]).exists()
    assert json.loads(command(content="\n".join(OTHERS).encode(), **TAKEN)[1])["unchanged"] == 1


def test_a_file_of_schools_is_read_for_the_one_district_that_is_known(world, command):
    lines = [
        "District Code,District Name,School Code,School Name,School Year,Attendance Rate",
        "1420,Jefferson County R-1,0109,Arvada K-8,2018-2019,92.6",
        "0010,Mapleton 1,0212,Explore Elementary,2018-2019,90.1",
    ]
    told = json.loads(command(content="\n".join(lines).encode(), **TAKEN)[1])
    assert told["new"] == 1 and told["layout"]["passed_over"]["others"] == 1
    assert not Organization.objects.filter(code="0010").exists()


def test_all_organizations_are_kept_where_no_district_is_known_or_several_are(world, command):
    make_district(code="0010", name="Mapleton 1", parent=world.colorado)
    assert json.loads(command(content="\n".join(OTHERS).encode(), **TAKEN)[1])["new"] == 3


def test_a_file_without_a_row_of_ones_own_says_what_was_passed_over(world, command):
    content = "\n".join([STATE_TABLE[0], *OTHERS[2:]]).encode()
    status, told, _ = command(content=content, district="CO:1420", accept_proposal=True, create_missing=True)
    assert "2 rows about organizations of other districts, or that are left out, were passed over." in told
    assert "0 new" in told
