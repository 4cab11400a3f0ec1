package io.foldwise.math;

/**
 * The one choice between loops over the lanes of a vector register and plain ones: the former where
 * the module {@code jdk.incubator.vector} is present (spark-submit adds it).
 *
 * <p>The classes {@code Vector…} are compiled apart, by an own execution in the pom, because the
 * compiler warns of the module and warnings are errors; hence they are named by strings here.
 */
final class Lanes {
  static final BlockProduct PRODUCT =
      isPresent() ? load("VectorProduct", BlockProduct.class) : new ScalarProduct();

  static final RowProduct ROW_PRODUCT =
      isPresent() ? load("VectorRowProduct", RowProduct.class) : new ScalarRowProduct();

  static final ExponentialLoop EXPONENTIAL =
      isPresent() ? load("VectorExponential", ExponentialLoop.class) : new ScalarExponential();

  private Lanes() {}

  private static boolean isPresent() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  private static <T> T load(String name, Class<T> type) {
    try {
      Class<?> found = Class.forName(Lanes.class.getPackageName() + "." + name);
      return type.cast(found.getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the jar lacks " + name + ", which it was built with", e);
    }
  }
}
