/**
 * Where tables come from: files of a {@link io.foldwise.spark.data.source.Format}, each format one
 * class, or a person's own frame. Either gives a {@link io.foldwise.spark.data.source.SourceFrame}:
 * the rows as a frame with the columns that the source declares, and a way to say where a row
 * stands (file, row, line), so that a refusal can name it.
 *
 * <p>This package may import {@code spark.data.schema} and {@code spark.data.source.pickle}.
 */
package io.foldwise.spark.data.source;
