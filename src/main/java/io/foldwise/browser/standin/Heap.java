package io.foldwise.browser.standin;

/** A gigabyte: what a page has, and more than a student's file needs. */
final class Heap {
  private Heap() {}

  static long bytes() {
    return 1L << 30;
  }
}
