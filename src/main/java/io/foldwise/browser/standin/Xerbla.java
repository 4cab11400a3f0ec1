package io.foldwise.browser.standin;

/** LAPACK's refusal of an argument, which would otherwise end the virtual machine. */
public final class Xerbla {
  private Xerbla() {}

  @SuppressWarnings("DoNotCallSuggester")
  public static void xerbla(String routine, int argument) {
    throw new IllegalArgumentException(routine + " refuses its argument " + argument);
  }
}
