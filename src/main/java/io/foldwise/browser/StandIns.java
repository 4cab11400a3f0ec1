package io.foldwise.browser;

import java.util.List;
import org.teavm.extension.spi.substitution.SimpleSubstitutionPolicy;
import org.teavm.extension.spi.substitution.SubstitutionSink;

/** Puts classes of {@code browser.standin} in the place of those that a browser cannot have. */
public final class StandIns extends SimpleSubstitutionPolicy {
  private static final String STANDINS = "io.foldwise.browser.standin";

  private static final List<String> REPLACED =
      List.of(
          "java.util.SplittableRandom",
          "org.netlib.lapack.Ilaenv",
          "org.netlib.err.Xerbla",
          "org.netlib.util.Util",
          "io.foldwise.math.Netlib",
          "io.foldwise.math.ProductError",
          "io.foldwise.math.MultiplyAdd",
          "io.foldwise.math.LoadedLoops",
          "io.foldwise.pickle.Heap");

  @Override
  public void contribute(SubstitutionSink sink) {
    for (String name : REPLACED) {
      String home = name.substring(0, name.lastIndexOf('.'));
      sink.selectClasses(named(name)).replacePackage(home, STANDINS);
    }
  }
}
