package io.foldwise;

import java.nio.file.Path;

/** The jars of the build that runs the tests of the built jar. */
final class BuiltJar {
  /** What Maven gives to those tests. */
  static final String VERSION = System.getProperty("foldwise.version");

  private BuiltJar() {}

  /** The classes of Foldwise alone. */
  static Path plain() {
    return target("foldwise-" + VERSION + ".jar");
  }

  /** With all that Spark does not bring: what the command line runs. */
  static Path all() {
    return target("foldwise-" + VERSION + "-all.jar");
  }

  private static Path target(String name) {
    return Script.ROOT.resolve("target").resolve(name);
  }
}
