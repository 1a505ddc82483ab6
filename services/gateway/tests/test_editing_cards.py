"""What stands on a scene's cards stays there, whatever else of the film is edited."""

from __future__ import annotations

from philo_contracts.changes import planned
from philo_contracts.shapes import Heading, Scene
from philo_gateway.editing.plans import filmed


def test_an_edited_film_keeps_its_chapters_and_its_strips() -> None:
    scene = Scene(
        id="s01",
        index=0,
        title="The Storm",
        narration="The wind turned.",
        visual_prompt="A storm",
        chapter=Heading(text="The Storm", note="Chapter 2"),
        strip=Heading(text="Old Tomas", note="fisherman"),
    )
    assert filmed(planned(scene)) == scene
