package io.foldwise.browser.standin;

/** LAPACK's tuning: blocks of one column, that is none. */
public final class Ilaenv {
  private Ilaenv() {}

  public static int ilaenv(
      int specification, String name, String options, int n1, int n2, int n3, int n4) {
    return 1;
  }
}
