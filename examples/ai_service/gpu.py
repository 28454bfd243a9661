"""The GPUs: real ones by nvidia-smi where there are any, else a simulated one, whose label `device_id` says so."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass

from .faults import Plant
from .model import Model

MIB = 1024 * 1024
ASK = ("--query-gpu=index,memory.used,memory.total,utilization.gpu", "--format=csv,noheader,nounits")
SIMULATED = "simulated-0"
#: A simulated GPU: 24 GiB, over half of them the model's weights; a call takes the rest's share of its capacity.
MEMORY = 24 * 1024 * MIB
WEIGHTS = 0.55
CALLS = 0.3
#: nvidia-smi takes long when the driver hangs, in seconds.
PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Gpu:
    """One GPU.

    Attributes:
        device: as its label says.
        used: memory in use, in bytes.
        total: memory that there is, in bytes.
        busy: share of the time in which it works.
    """

    device: str
    used: float
    total: float
    busy: float


def simulated(model: Model, plant: Plant, job: str) -> tuple[Gpu, ...]:
    """One that works as hard as the model, and is as full as the scenario says."""
    share = plant.fault(job).gpu_share
    used = share if share is not None else WEIGHTS + CALLS * model.load
    return (Gpu(SIMULATED, used * MEMORY, MEMORY, model.load),)


async def real() -> tuple[Gpu, ...]:
    """What nvidia-smi says; none where it is not, or says nothing."""
    if (program := shutil.which("nvidia-smi")) is None:
        return ()
    asked = await asyncio.create_subprocess_exec(
        program, *ASK, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        said, _ = await asyncio.wait_for(asked.communicate(), PATIENCE)
    except TimeoutError:
        asked.kill()
        await asked.wait()
        return ()
    return read(said.decode(errors="replace")) if asked.returncode == 0 else ()


def read(said: str) -> tuple[Gpu, ...]:
    """The GPUs of nvidia-smi's lines; one of which it does not know all is left out ("[N/A]")."""
    found = []
    for line in said.splitlines():
        device, *numbers = (one.strip() for one in line.split(","))
        try:
            used, total, busy = (float(one) for one in numbers)
        except ValueError:
            continue
        found.append(Gpu(device, used * MIB, total * MIB, busy / 100))
    return tuple(found)
