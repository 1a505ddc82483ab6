"""What the last `up` asked for."""

from dataclasses import dataclass, field

from philo.stack.home import Home, known_fields, read_json, write_json


@dataclass(frozen=True)
class Wanted:
    """A request to the supervisor. A throwaway stack trades durability for speed and ends when nobody holds `lease`."""

    token: str
    services: bool
    external: dict[str, str] = field(repr=False)
    throwaway: bool = False
    extras: tuple[str, ...] = ()
    """What else runs beside the servers: `jaeger`."""
    lease: str | None = None

    def write(self, home: Home) -> None:
        write_json(home.wanted, self.__dict__)

    @classmethod
    def load(cls, home: Home) -> "Wanted":
        known = known_fields(cls, read_json(home.wanted))
        return cls(**known | {"extras": tuple(known.get("extras", ()))})
