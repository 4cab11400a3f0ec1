package io.foldwise.math;

import java.util.Optional;

/**
 * The loops over vectors, which are compiled apart and named by strings; a browser has none of
 * them.
 */
final class LoadedLoops {
  private static final boolean PRESENT =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  private LoadedLoops() {}

  /** The loops of a class, where the module {@code jdk.incubator.vector} is present. */
  static Optional<Object> named(String name) {
    if (!PRESENT) {
      return Optional.empty();
    }
    try {
      Class<?> found = Class.forName(LoadedLoops.class.getPackageName() + "." + name);
      return Optional.of(found.getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the jar lacks " + name + ", which it was built with", e);
    }
  }
}
