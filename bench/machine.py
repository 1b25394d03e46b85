"""What every bench prints first, and how it runs a command and weighs it."""

import os
import platform
import subprocess
import time


def describe():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, {model}, {memory:.0f} GiB, load {load:.1f} at the start"


def weigh(words, **options):
    """Runs a command; answers (seconds, peak MiB of its largest process, its output)."""
    began = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, **options)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.monotonic() - began, usage.ru_maxrss / 1024, output, process.returncode
