"""Make ``.venv`` with the locked dependencies; runs on any Python that a machine may have.

    python3 tools/bootstrap.py base|dev

Needs nothing but Python 3.11 or newer. A second run that finds the same lock files
does nothing. Every failure is one sentence.
"""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "bin")


def stop(sentence):
    sys.stderr.write(sentence + "\n")
    sys.exit(1)


def lock_hash(name):
    sha = hashlib.sha256(sys.version.encode())
    for path in ("requirements/" + name + ".txt", "pyproject.toml"):
        with open(os.path.join(ROOT, path), "rb") as file:
            sha.update(file.read())
    return sha.hexdigest()


def stamp_path(name):
    return os.path.join(VENV, "installed-" + name)


def is_installed(name):
    try:
        with open(stamp_path(name)) as file:
            return file.read() == lock_hash(name)
    except OSError:
        return False


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT)


def make_venv():
    if os.path.exists(os.path.join(BIN, "python")):
        return
    if run(sys.executable, "-m", "venv", VENV).returncode == 0:
        return
    # Debian's python3 comes without ensurepip; its pip, if there is one, can serve us.
    if run(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV).returncode:
        stop("Python cannot make a virtual environment here. Install the package python3-venv.")


def install_uv():
    if os.path.exists(os.path.join(BIN, "uv")):
        return
    lock = os.path.join(ROOT, "requirements", "uv.txt")
    options = ["install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", lock]
    python = os.path.join(BIN, "python")
    if run(python, "-m", "pip", "--version").returncode == 0:
        result = run(python, "-m", "pip", *options)
    else:
        result = run(sys.executable, "-m", "pip", "--python", python, *options)
    if result.returncode:
        sys.stderr.write(result.stdout.decode(errors="replace"))
        stop("The installer uv could not be fetched. Check the network, or install python3-pip.")


def install(name):
    uv = os.path.join(BIN, "uv")
    python = os.path.join(BIN, "python")
    lock = os.path.join(ROOT, "requirements", name + ".txt")
    for command in (
        (uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", lock),
        (uv, "pip", "install", "--quiet", "--python", python, "--no-deps", "--offline", "-e", ROOT),
    ):
        result = run(*command)
        if result.returncode:
            sys.stderr.write(result.stdout.decode(errors="replace"))
            stop("The dependencies could not be installed. The lines above say why.")
    with open(stamp_path(name), "w") as file:
        file.write(lock_hash(name))


def main(name):
    if sys.version_info < (3, 11):
        stop(
            "Hünär needs Python 3.11 or newer, and this is {}.{}. "
            "Name a newer one: make PYTHON=python3.12 ...".format(*sys.version_info[:2])
        )
    if is_installed(name) or (name == "base" and is_installed("dev")):
        return
    if not os.access(ROOT, os.W_OK):
        stop(f"The folder {ROOT} cannot be written. Copy it to a folder of your own.")
    try:
        print("Preparing the Python environment (once) ...", flush=True)
        make_venv()
        install_uv()
        install(name)
    except OSError as error:
        stop(f"The folder {VENV} cannot be prepared: {error}")


if __name__ == "__main__":
    main(sys.argv[1])
