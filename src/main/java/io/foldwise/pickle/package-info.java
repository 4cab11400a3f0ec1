/**
 * Reads the numbers and texts that Python saved with {@code pickle}, and nothing else.
 *
 * <p>{@link io.foldwise.pickle.PickleReader} turns a pickle of NumPy arrays and lists of numbers or
 * texts (protocols 0 to 5, NumPy 1 and 2) into named arrays: {@link io.foldwise.pickle.PickledData}
 * with all numbers in memory, or {@link io.foldwise.pickle.PickledLayout}, whose {@link
 * io.foldwise.pickle.StoredArray}s stay in the file and are read a range of rows at a time.
 *
 * <p>A pickle is a program, and this package does not trust it: only the globals of an allow-list
 * are built, every length is checked against the bytes that are left before anything is allocated,
 * and what memory a file may take is bounded by the heap. What else stands beside data is left out
 * and named; a file that is damaged, or holds nothing that is read, is refused in one line, {@link
 * io.foldwise.pickle.UnreadablePickleException}.
 *
 * <p>This package may import the JDK and {@code net.razorvine.pickle}.
 */
package io.foldwise.pickle;
