/**
 * From files to rows that know their fold and their place.
 *
 * <p>{@link io.foldwise.spark.data.DataLoader} reads pickle, csv, parquet and libsvm into {@link
 * io.foldwise.spark.data.LoadedData}: features, label and weight as doubles, a missing cell as NaN;
 * the features of libsvm files, and of vectors that spark.ml wrote, as one column of sparse
 * vectors. {@link io.foldwise.spark.data.FoldAssigner} adds two columns that depend on (seed, row
 * key) alone, never on partitions: the fold and the place in one shuffled order ({@link
 * io.foldwise.spark.data.AssignedRows}). {@link io.foldwise.spark.data.Inspection} describes a
 * dataset; {@link io.foldwise.spark.data.Generator} makes one.
 *
 * <p>Up to 100,000 rows everything is exact: ranks instead of hashes, every cell checked at once.
 * Above, hashes decide, and no pass over the data is spent but a count.
 *
 * <p>Of more than 200 columns the features are one column of arrays: one loop of our own reads them
 * ({@link io.foldwise.spark.data.AssignedRows#isPacked}), where Spark would compile code for each.
 *
 * <p>May import {@code io.foldwise.search}, {@code io.foldwise.pickle} and Spark.
 */
package io.foldwise.spark.data;
