"""`manage.py demo`: refuses where it does not belong, and says what to do when it cannot go on."""

import socket

import pytest
from django.core.management import CommandError, call_command

from indicators.actions import check_file
from indicators.models import ImportBatch
from jeffco_plan.demonstration import indicators, observations, people
from jeffco_plan.management.commands.demo import HOST, check_database, check_port
from tests.factories import make_plan, make_user

HEADER = "indicator,period,organization,group,value,n,source,note\n"
ROW = "attendance,2017-2018,CO:1420,All students,92.6,,Colorado Department of Education,\n"


def test_outside_a_demonstration_it_does_nothing(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="demonstration only"):
        call_command("demo", "--no-server")


def test_a_taken_port_is_said_before_the_work():
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        with pytest.raises(CommandError, match="make demo PORT="):
            check_port(str(other.getsockname()[1]))


@pytest.mark.parametrize("port", ["", "web", "0", "70000"])
def test_a_port_is_a_number(port):
    with pytest.raises(CommandError, match="port must be a number"):
        check_port(port)


@pytest.mark.django_db
class TestAnotherDatabase:
    """DATABASE_URL may still name the district's own: it is neither filled with known passwords nor thrown away."""

    @pytest.mark.parametrize("options", [[], ["--reset"]])
    def test_a_database_with_a_real_plan_is_refused(self, settings, options):
        settings.DEMONSTRATION = True
        plan = make_plan(is_demonstration=False, standing_day=None)
        with pytest.raises(CommandError, match="not the demonstration's"):
            call_command("demo", "--no-server", *options)
        plan.refresh_from_db()

    def test_so_is_one_with_people_of_its_own_and_no_plan_yet(self):
        make_user()
        with pytest.raises(CommandError, match="not the demonstration's"):
            check_database()

    def test_the_demonstrations_own_is_taken_finished_or_not(self):
        check_database()
        people.load_people()
        check_database()
        make_plan(is_demonstration=True)
        make_user()
        check_database()


@pytest.mark.django_db
class TestFigures:
    @pytest.fixture
    def file(self, tmp_path, monkeypatch):
        people.load_people()
        indicators.load_indicators()
        path = tmp_path / "2018-12-06-attendance.csv"
        path.write_text(HEADER + ROW)
        monkeypatch.setattr(observations, "files", lambda: [path])
        return path

    def test_a_file_left_between_checking_and_applying_is_taken_up_again(self, file):
        known_on = observations.date(2018, 12, 6)
        left = check_file(file.read_bytes(), file.name, known_on=known_on)
        observations.load_observations(say=lambda line: None)
        left.refresh_from_db()
        assert left.state == ImportBatch.State.DISCARDED
        assert ImportBatch.objects.get(state=ImportBatch.State.APPLIED).known_on == known_on

    def test_a_file_that_is_not_taken_is_named(self, file):
        file.write_text(HEADER + ROW.replace("attendance", "attendence"))
        with pytest.raises(observations.NotLoaded, match=r"2018-12-06-attendance\.csv"):
            observations.load_observations(say=lambda line: None)

    def test_what_somebody_undid_stays_undone(self, file):
        observations.load_observations(say=lambda line: None)
        ImportBatch.objects.update(state=ImportBatch.State.UNDONE)
        observations.load_observations(say=lambda line: None)
        assert ImportBatch.objects.count() == 1
