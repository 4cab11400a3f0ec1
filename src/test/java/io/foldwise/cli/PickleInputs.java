package io.foldwise.cli;

import static io.foldwise.cli.SpecifiedInput.read;
import static io.foldwise.cli.SpecifiedInput.refused;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Pickles, which {@code src/test/resources/pickle/make_inputs.py} wrote. The models are of NumPy
 * 2.4.6: {@code lstsq(np.c_[np.ones(12), X], y)}.
 */
final class PickleInputs {
  private static final String FIT = "fit --optimizer exact --data FOLDER/";
  private static final String LINE = "y = 1.498 + 2.059 x0 + 0.1013 x1";

  static final List<SpecifiedInput> ALL =
      Stream.of(several(), bare(), unread(), texts(), packed()).flatMap(List::stream).toList();

  private PickleInputs() {}

  private static SpecifiedInput.Files file(String name) {
    Path input = Path.of("src/test/resources/inputs", name);
    return folder -> java.nio.file.Files.copy(input, folder.resolve(name));
  }

  private static SpecifiedInput fitted(String what, String name, String more, String... says) {
    return read(what, file(name), FIT + name + more, says);
  }

  private static SpecifiedInput inspected(String what, String name, String... says) {
    return read(what, file(name), "inspect --data FOLDER/" + name, says);
  }

  private static SpecifiedInput unfit(String what, String name, String more, String line) {
    return refused(what, file(name), FIT + name + more, line);
  }

  private static List<SpecifiedInput> several() {
    return List.of(
        fitted("two dumps in one file are read as (X, y)", "two-dumps.pkl", "", LINE),
        fitted("a text dumped before X and y is left out", "three-dumps.pkl", "", LINE),
        inspected(
            "a text dumped before X and y is named",
            "three-dumps.pkl",
            "x: (12, 2) float64",
            "part 1: not read, it is a text"),
        fitted("dumps of dicts are read as one dict", "dict-dumps.pkl", "", LINE),
        unfit(
            "dumps of dicts that share a key are refused",
            "clashing-dumps.pkl",
            "",
            "FOLDER/clashing-dumps.pkl: several dicts have the key 'x': save one dict, with keys such as 'x_train' and 'x_test'"),
        fitted(
            "two dumps of pairs are training and test rows",
            "split-dumps.pkl",
            "",
            "9 rows to train on, 3 to test",
            "y = 1.528 + 2.084 x0 + 0.06483 x1"),
        unfit(
            "bytes behind the pickle are refused",
            "trailing.pkl",
            "",
            "FOLDER/trailing.pkl: byte 470: what follows the first object is not as pickle writes it: the file is damaged, or something else was written behind it"),
        fitted("what stands beside X and y in a tuple is left out", "noted-pair.pkl", "", LINE),
        inspected(
            "what stands beside X and y in a tuple is named",
            "noted-pair.pkl",
            "array2: (2) text, not read: it has 2 rows where the data have 12",
            "part 4: not read, it is a text",
            "part 5: not read, it is a dict"));
  }

  private static List<SpecifiedInput> bare() {
    String said =
        "note      the file holds one table without names: its last column is called y and is the label unless --label names another, the others are x0 to x1";
    return List.of(
        fitted(
            "the last column of a bare table is the label, and said so",
            "bare.pkl",
            "",
            LINE,
            said),
        fitted(
            "another column of a bare table can be the label",
            "bare.pkl",
            " --label x1",
            "x1 = 1.194 - 0.9167 x0 + 0.4306 y",
            said),
        fitted(
            "rows of two numbers and a text are a bare table too",
            "bare-rows.pkl",
            " --positive yes",
            "y = 0.5546 - 0.02908 x0 - 0.03506 x1",
            said));
  }

  private static List<SpecifiedInput> unread() {
    return List.of(
        fitted(
            "a key of file names is no reason",
            "bytes-key.pkl",
            " --label labels",
            "labels = -0.04786 + 0.1217 data0 - 0.02178 data1",
            "texts are not features and were left out: filenames"),
        inspected(
            "a key of file names is named",
            "bytes-key.pkl",
            "data: (12, 2) float64",
            "filenames: (12) text, not read unless named as the label, id, group or fold column"),
        fitted(
            "an array of another length is no reason",
            "other-length.pkl",
            "",
            "y = 1.498 + 2.059 X0 + 0.1013 X1",
            "not read from the file: 'classes' has 2 rows where the data have 12"),
        inspected(
            "an array of another length is named",
            "other-length.pkl",
            "X: (12, 2) float64",
            "classes: (2) int64, not read: it has 2 rows where the data have 12"),
        unfit(
            "where the array of another length is the label, the rest has other lengths",
            "other-length.pkl",
            " --label classes",
            "'FOLDER/other-length.pkl' has no column left for a feature; its columns: classes; not read from the file: 'X' has 12 rows where the data have 2; 'y' has 12 rows where the data have 2"),
        fitted(
            "objects, sets and nested dicts are no reason",
            "objects.pkl",
            "",
            LINE,
            "not read from the file: 'model' is an object of 'home.made.Model'; 'set' is a set;"),
        inspected(
            "objects, sets and nested dicts are named",
            "objects.pkl",
            "model: not read, it is an object of 'home.made.Model'",
            "names: not read, it is an object of 'home.made.Names'",
            "queue: not read, it is an object of 'collections.deque'",
            "entry 6: not read, it is the value of a key that is neither text nor a whole number",
            "complex: not read, it is a NumPy array of type 'c16', which cannot be read",
            "meta: not read, it is a dict"),
        unfit(
            "an object of a class alone is refused",
            "object.pkl",
            "",
            "FOLDER/object.pkl: byte 31: the global 'home.made.Model' is not read: only arrays, frames of pandas, numbers, texts, lists, tuples and dicts are"),
        unfit(
            "a label that cannot be read is refused",
            "unreadable-label.pkl",
            "",
            "FOLDER/unreadable-label.pkl: 'y' is ragged: row 1 has 1 values, row 0 has 2; make the rows equally long"),
        unfit(
            "a file of texts alone is refused",
            "only-text.pkl",
            "",
            "FOLDER/only-text.pkl: it holds texts and no numbers: save NumPy arrays or lists of numbers, such as pickle.dump((X, y), file)"),
        unfit(
            "a file without arrays is refused",
            "no-data.pkl",
            "",
            "FOLDER/no-data.pkl: it holds no numbers with rows ('title' is a text): save NumPy arrays or lists of numbers, such as pickle.dump((X, y), file)"),
        unfit(
            "a missing number is refused by its row",
            "missing.pkl",
            "",
            "row 6: column 'x' is NaN: fill it in (as --missing does), remove the row, or choose other features"));
  }

  private static List<SpecifiedInput> texts() {
    Stream<SpecifiedInput> mapped =
        Stream.of("label", "list", "scalars", "bytes", "objects", "pair")
            .map(kind -> "text-" + kind + ".pkl")
            .map(
                name ->
                    fitted(
                        "a label of texts is mapped, in " + name,
                        name,
                        " --positive yes",
                        "y = 0.5546 - 0.02908 x0 - 0.03506 x1"));
    Stream<SpecifiedInput> others =
        Stream.of(
            fitted(
                "a text is the last column of an array of objects",
                "mixed.pkl",
                " --positive yes",
                "y = 0.5546 - 0.02908 x0 - 0.03506 x1"),
            read(
                "classes of texts are told apart",
                file("text-label.pkl"),
                "fit --data FOLDER/text-label.pkl --loss logistic --positive no",
                "log-odds ="),
            unfit(
                "a positive value that no row has is refused",
                "text-label.pkl",
                " --positive maybe",
                "'positive' (maybe): no row of 'FOLDER/text-label.pkl' has this as 'y', but one has yes: name a value of that column"));
    return Stream.concat(mapped, others).toList();
  }

  private static List<SpecifiedInput> packed() {
    String line = "y = 1.498 + 2.059 X0 + 0.1013 X1";
    return List.of(
        fitted("a pickle packed by gzip is read", "zipped.pkl.gz", "", line),
        fitted("a packed pickle is read by its other suffix too", "zipped.pickle.gz", "", line),
        fitted("a packed pickle is known by its first bytes", "zipped-unnamed.pkl", "", line),
        unfit(
            "a packed pickle that is cut short is refused",
            "cut.pkl",
            "",
            "FOLDER/cut.pkl: is packed by gzip and damaged or cut short: pack it again"));
  }
}
