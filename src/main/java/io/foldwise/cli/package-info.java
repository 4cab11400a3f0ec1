/**
 * The command line: from words to a run, and from a run to its files.
 *
 * <p>{@link io.foldwise.cli.Main} is the entry. Every option stands once, in {@code Options}; a
 * {@code Command} names those it takes. {@code Invocation} reads the words with picocli and joins
 * them with a {@code --config} file into {@code Settings}, whose readers refuse bad values in one
 * line. {@code Devices} finds out what training may run on before {@code Session} starts Spark.
 * {@code Repeats} then loads the data and runs {@link io.foldwise.Experiment}s; {@code RunFolder}
 * writes the result, whole or not at all.
 *
 * <p>This package may import everything below it, and {@code io.foldwise.ml}.
 */
package io.foldwise.cli;
