package io.foldwise.browser.standin;

import java.util.Vector;

/** What LAPACK's routines take of Fortran's intrinsic functions, without its input and output. */
public final class Util {
  private Util() {}

  public static int max(int a, int b, int c) {
    return Math.max(a, Math.max(b, c));
  }

  public static int min(int a, int b, int c) {
    return Math.min(a, Math.min(b, c));
  }

  public static double max(double a, double b, double c) {
    return Math.max(a, Math.max(b, c));
  }

  /** |a| with the sign of b. */
  public static double dsign(double a, double b) {
    return b >= 0 ? Math.abs(a) : -Math.abs(a);
  }

  /** Nothing is written: LAPACK warns so of arithmetic that no browser has. */
  public static void f77write(String format, @SuppressWarnings("JdkObsolete") Vector<?> values) {}
}
