"""Pictures that others paint for money. What was paid for is kept by its wish, and never paid for again."""

from __future__ import annotations

from decimal import Decimal

from philo_contracts.shapes import Picture, Value
from philo_kernel.naming import address
from philo_render.film import Format
from philo_render.orders import PICTURE_VERSION, Paint
from philo_render.ports import Ports
from philo_render.providers.fallback import Unpainted
from philo_render.providers.painter import Wish

JPEG, JSON = "image/jpeg", "application/json"


class Receipt(Value):
    """What was painted, by whom, and what it cost; kept beside the picture, and written last: where it is, all is."""

    shown: Picture
    provider: str
    model: str
    cost: Decimal | None
    currency: str


async def commissioned(work: Paint, ports: Ports) -> tuple[Receipt, bool] | Unpainted:
    """The picture, and whether it was there already; or why Philo should draw it itself. Raises `Passing`."""
    provider, wish = work.config.pictures, wish_of(work)
    shape = (wish.prompt, str(wish.width), str(wish.height), wish.style)
    key = address("pictures", PICTURE_VERSION, provider, *shape, suffix=".jpg")
    if await ports.objects.size(f"{key}.json") is not None:
        return Receipt.model_validate_json(await ports.objects.get(f"{key}.json")), True
    painting = await ports.painters.paint(provider, wish)
    if isinstance(painting, Unpainted):
        return painting
    ready = await ports.crew.normalise(painting.image)
    receipt = Receipt(
        shown=Picture(
            image=await ports.objects.put(key, ready.image, JPEG),
            thumbnail=await ports.objects.put(key.replace(".jpg", ".thumb.jpg"), ready.thumbnail, JPEG),
            focus=ready.focus,
        ),
        provider=painting.provider,
        model=painting.model,
        cost=painting.cost,
        currency=painting.currency,
    )
    await ports.objects.put(f"{key}.json", receipt.model_dump_json().encode(), JSON)
    return receipt, False


def wish_of(work: Paint) -> Wish:
    scene, film = work.scene, Format.of(work.config)
    return Wish(
        prompt=scene.visual_prompt or scene.narration,
        width=film.width,
        height=film.height,
        style=work.config.style,
        seed=work.seed_of(scene),
        mood=scene.mood,
    )
