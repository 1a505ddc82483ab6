"""Pictures that others paint for money. What was paid for is kept by its wish, and never paid for again."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256

from philo_contracts.shapes import Picture, Value
from philo_kernel.naming import address
from philo_kernel.objects import Objects
from philo_render.film import Format
from philo_render.orders import PICTURE_VERSION, Paint
from philo_render.ports import Ports
from philo_render.providers.fallback import Reason, Unpainted
from philo_render.providers.painter import Painting, Wish
from philo_render.sources import NormalPicture, PictureError

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
    key = receipt_key(provider, wish)
    async with ports.painters.turn(key):
        receipt = await kept(key, ports.objects)
        return (receipt, True) if receipt else await bought(provider, wish, key, ports)


def receipt_key(provider: str, wish: Wish) -> str:
    shape = (wish.prompt, str(wish.width), str(wish.height), wish.style, wish.mood.value)
    return address("pictures", PICTURE_VERSION, provider, *shape, suffix=".json")


async def kept(key: str, objects: Objects) -> Receipt | None:
    """The receipt of such a picture, as long as the picture is there too."""
    if not await objects.size(key):
        return None
    receipt = Receipt.model_validate_json(await objects.get(key))
    return receipt if await objects.size(receipt.shown.image.key) else None


async def bought(provider: str, wish: Wish, key: str, ports: Ports) -> tuple[Receipt, bool] | Unpainted:
    painting = ports.painters.in_hand(key) or await ports.painters.paint(provider, wish)
    if isinstance(painting, Unpainted):
        return painting
    try:
        return await receipt_for(painting, key, ports), False
    except PictureError as error:
        return Unpainted(provider, Reason.UNFIT, error.code, str(error), painting.cost or Decimal(0))
    except Exception:  # a child that was killed, a store that is away: the order comes back for it
        ports.painters.keep(key, painting)
        raise


async def receipt_for(painting: Painting, key: str, ports: Ports) -> Receipt:
    ready = await ports.crew.normalise(painting.image)
    receipt = Receipt(
        shown=await stored(ready, ports.objects),
        provider=painting.provider,
        model=painting.model,
        cost=painting.cost,
        currency=painting.currency,
    )
    await ports.objects.put(key, receipt.model_dump_json().encode(), JSON)
    return receipt


async def stored(ready: NormalPicture, objects: Objects) -> Picture:
    """Named by its bytes: nobody paints the same twice, and what a film shows must not change under its name."""
    name = address("pictures", PICTURE_VERSION, sha256(ready.image).hexdigest(), suffix="")
    return Picture(
        image=await objects.put(f"{name}.jpg", ready.image, JPEG),
        thumbnail=await objects.put(f"{name}.thumb.jpg", ready.thumbnail, JPEG),
        focus=ready.focus,
    )


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
