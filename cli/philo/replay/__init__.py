"""`philo replay`: what has happened, once more, without any effect."""

import typer

from philo.replay.project import project
from philo.replay.record import record
from philo.replay.run import run
from philo.replay.story_command import job
from philo.replay.topic import replay_topic
from philo.replay.verify import verify

app = typer.Typer(
    name="replay", help="Look at what has happened once more. Nothing is done by it.", no_args_is_help=True
)
app.command()(job)
app.command()(verify)
app.command()(project)
app.command("topic")(replay_topic)
app.command()(record)
app.command()(run)
