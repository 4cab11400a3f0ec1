"""Puts the jar that Maven built into the package, so that pip installs both."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parents[3]


class WithJar(build_py):
    """Copies target/foldwise-VERSION.jar beside the modules, if it has been built."""

    def run(self):
        super().run()
        jar = ROOT / "target" / f"foldwise-{self.distribution.get_version()}.jar"
        if jar.is_file():
            shutil.copy(jar, Path(self.build_lib) / "foldwise" / "foldwise.jar")
        else:
            self.warn(f"{jar} is not there: build it by 'mvn -DskipTests package', and install again")


setup(cmdclass={"build_py": WithJar})
