"""Pictures that were bought then: whoever asks for one gets it again, or the same reason why there is none."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from philo_contracts.events import PictureMade, ScriptAnalyzed
from philo_kernel.replay.rerun_answers import Answers, RecordedObjects
from philo_render.orders import Paint
from philo_render.providers.fallback import Reason, Unpainted
from philo_render.providers.painter import Painting, Wish
from philo_render.tasks.commissioning import JPEG, Receipt, receipt_key, wish_of
from philo_render.tasks.paint import own_instead

DRAWN = "philo"


def bought(answers: Answers) -> Iterator[tuple[Paint, PictureMade]]:
    """Each scene that somebody was asked to paint, as it is ordered today, and what came of it."""
    made = {(one.scene, one.revision): one for one in answers.said(PictureMade)}
    for script in answers.heard(ScriptAnalyzed):
        for index, scene in enumerate(script.scenes):
            if script.config.pictures != "drawn" and (scene.id, scene.revision) in made:
                order = Paint(job=script.job, scenes=script.scenes[: index + 1], config=script.config)
                yield order, made[scene.id, scene.revision]


class RecordedPictures(RecordedObjects):
    """The object store, which has the receipts of pictures that were found then."""

    def __init__(self, answers: Answers) -> None:
        super().__init__(answers)
        self._receipts = {
            receipt_key(order.config.pictures, wish_of(order)): receipt_of(made)
            for order, made in bought(answers)
            if made.reused and made.provider != DRAWN
        }

    async def size(self, key: str) -> int | None:
        return len(self._receipts[key]) if key in self._receipts else await super().size(key)

    async def get(self, key: str) -> bytes:
        return self._receipts[key] if key in self._receipts else await super().get(key)


def receipt_of(made: PictureMade) -> bytes:
    receipt = Receipt(shown=made.shown, provider=made.provider, model="", cost=None, currency="USD")
    return receipt.model_dump_json().encode()


class RecordedPainters:
    """Those who paint for money; nobody is paid."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._made = {wish_of(order): (order, made) for order, made in bought(answers)}

    def turn(self, wish: str) -> asyncio.Lock:  # noqa: ARG002 - a port's signature
        return asyncio.Lock()

    def in_hand(self, wish: str) -> None:  # noqa: ARG002 - a port's signature
        return None

    def keep(self, wish: str, painting: Painting) -> None:
        """Nothing is lost that would have to be kept."""

    async def paint(self, provider: str, wish: Wish) -> Painting | Unpainted:
        if wish not in self._made:
            raise self._answers.unknown(f"{provider} to paint “{wish.prompt}”, which was not painted then")
        order, made = self._made[wish]
        if made.provider == DRAWN:
            begins = own_instead(order.scene)
            why = next((one.removeprefix(begins) for one in made.warnings if one.startswith(begins)), "")
            return Unpainted(provider, Reason.FAILING, "", why)
        image = self._answers.recording.objects.get(made.shown.image.key, b"")
        return Painting(image, JPEG, made.provider, "", None, "USD")
