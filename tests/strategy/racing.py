"""Two people who do the same thing at the same moment, each on a connection of their own."""

import threading

from django.db import connection


def outcomes_of_two(act, meanwhile):
    """What two see who act at once: "done", or "told" where `meanwhile` was raised; `act` takes the words of each."""
    outcomes = []

    def act_alone(words):
        try:
            act(words)
            outcomes.append("done")
        except meanwhile:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=act_alone, args=[words]) for words in ("Mine.", "Theirs.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)
