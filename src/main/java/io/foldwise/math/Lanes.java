package io.foldwise.math;

/**
 * The one choice between loops over the lanes of vector registers and plain ones, which give the
 * same bits. Vectors are taken where the module {@code jdk.incubator.vector} is present
 * (spark-submit adds it), but not at once: until HotSpot has compiled them, vectors are objects and
 * their loops a thousand times slower, half a second of computing in all. So the plain ones work
 * first, for about as long, and small runs never wait.
 *
 * <p>The classes {@code Vector…} are compiled apart, by an execution of their own in the pom,
 * because the compiler warns of the module and warnings are errors; hence they are named by
 * strings, for {@link LoadedLoops}.
 */
final class Lanes {
  /** What plain loops multiply in about 0.4 seconds. */
  private static final long PLAIN_MULTIPLICATIONS = 1_000_000_000;

  private static final BlockProduct PLAIN_PRODUCT = new ScalarProduct();
  private static final RowProduct PLAIN_ROW_PRODUCT = new ScalarRowProduct();
  private static final ExponentialLoop PLAIN_EXPONENTIAL = new ScalarExponential();

  /**
   * The multiplications so far. Unguarded: an addition lost between threads only delays the change.
   */
  private static long multiplications;

  private Lanes() {}

  /** The loops for a product of so many multiplications. */
  static BlockProduct product(long work) {
    return isLongRunning(work) ? Vectors.PRODUCT : PLAIN_PRODUCT;
  }

  /** The loops for products of rows with so many multiplications in all. */
  static RowProduct rowProduct(long work) {
    return isLongRunning(work) ? Vectors.ROW_PRODUCT : PLAIN_ROW_PRODUCT;
  }

  /** The loops for functions that take as long as so many multiplications. */
  static ExponentialLoop exponential(long work) {
    return isLongRunning(work) ? Vectors.EXPONENTIAL : PLAIN_EXPONENTIAL;
  }

  private static boolean isLongRunning(long work) {
    if (multiplications >= PLAIN_MULTIPLICATIONS) {
      return true;
    }
    multiplications += work;
    return false;
  }

  /** The vector loops, held apart so that small runs do not spend 20 ms on loading them. */
  private static final class Vectors {
    private static final BlockProduct PRODUCT =
        load("VectorProduct", BlockProduct.class, PLAIN_PRODUCT);

    private static final RowProduct ROW_PRODUCT =
        load("VectorRowProduct", RowProduct.class, PLAIN_ROW_PRODUCT);

    private static final ExponentialLoop EXPONENTIAL =
        load("VectorExponential", ExponentialLoop.class, PLAIN_EXPONENTIAL);

    private static <T> T load(String name, Class<T> type, T plain) {
      return LoadedLoops.named(name).map(type::cast).orElse(plain);
    }
  }
}
