package io.foldwise.cli;

import static io.foldwise.cli.SpecifiedInput.read;
import static io.foldwise.cli.SpecifiedInput.refused;
import static io.foldwise.cli.SpecifiedInput.text;

import io.foldwise.cli.SpecifiedInput.Files;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Text files of cells that are not comma-separated UTF-8 with a point, and files by their looks.
 */
final class DialectInputs {
  private static final String EXACT = " --optimizer exact";
  private static final String FIT = "fit" + EXACT + " --data FOLDER/data.csv";

  /** Least squares by NumPy's polyfit over x = 0 to 5, y of {@link #y}. */
  private static final String LINE = "y = 1.429 + 2.229 x";

  /** The same of half of x. */
  private static final String HALVES = "y = 1.429 + 4.457 x";

  private static final List<SpecifiedInput> SEPARATORS =
      List.of(
          read(
              "semicolons are found, and said",
              rows("data.csv", "\"x\";\"y\"", i -> i + ";" + y(i)),
              FIT,
              LINE,
              "'FOLDER/data.csv': cells are separated by semicolons"),
          read(
              "tabs are found, and an empty cell before one is a cell",
              rows("data.csv", "name\tx\ty", i -> "\t" + i + "\t" + y(i)),
              FIT + " --features x",
              LINE,
              "'FOLDER/data.csv': cells are separated by tabs"),
          read(
              "bars are found",
              rows("data.csv", "x|y", i -> i + "|" + y(i)),
              FIT,
              LINE,
              "'FOLDER/data.csv': cells are separated by bars"),
          read(
              "runs of blanks are found, which numpy.savetxt and the archive of Irvine write",
              rows("data.csv", "  x \t y", i -> "   " + i + "    " + y(i) + " "),
              FIT,
              LINE,
              "'FOLDER/data.csv': cells are separated by blanks"),
          read(
              "blanks within quotes separate nothing, nor does the one tab of each line",
              rows("data.csv", "x y name", i -> i + "   " + y(i) + ".0\t\"a  b " + i + "\""),
              FIT + " --features x",
              LINE),
          read(
              "blanks separate no cells where a comma does",
              rows("data.csv", "full name,x,y", i -> "Ada L " + i + "," + i + "," + y(i)),
              FIT + " --features x",
              LINE),
          read(
              "a separator that is stated is taken",
              rows("data.csv", "x~y", i -> i + "~" + y(i)),
              FIT + " --separator ~",
              LINE),
          read(
              "a stated separator is not told again",
              rows("data.csv", "a;b|y", i -> i + "|" + y(i)),
              FIT + " --separator |",
              "y = 1.429 + 2.229 a;b"),
          refused(
              "a line of another width is refused under blanks, too",
              text("data.csv", "x y\n0 1\n1 4 4\n2 7\n"),
              FIT + " --separator blanks",
              "'FOLDER/data.csv', row 2 (line 3) does not have the 2 cells of the header: '1 4 4'"),
          refused(
              "a letter is no separator",
              text("data.csv", "x,y\n0,1\n"),
              FIT + " --separator x",
              "'separator' (x) must be a character that is no part of a number, a name or a quoted"
                  + " cell, such as , ; | or tab"),
          refused(
              "several characters are no separator",
              text("data.csv", "x,y\n0,1\n"),
              FIT + " --separator ,,",
              "'separator' (,,) must be auto, tab, blanks or one character"),
          refused(
              "other formats have no separator",
              text("data.svm", "1 1:2\n2 1:3\n"),
              "fit --separator ; --data FOLDER/data.svm",
              "'separator' (;): 'FOLDER/data.svm' is of format libsvm, which has no lines of cells:"
                  + " leave the option out"));

  private static final List<SpecifiedInput> CELLS =
      List.of(
          read(
              "decimal commas are numbers where that is said",
              rows("data.csv", "x;y", i -> half(i) + ";" + y(i) + ",0"),
              FIT + " --decimal-comma",
              HALVES),
          read(
              "decimal commas among blanks, and above a label of whole numbers",
              rows("data.csv", "x y", i -> half(i) + "  " + y(i)),
              FIT + " --decimal-comma",
              HALVES),
          refused(
              "decimal commas that nobody stated are refused with the option that reads them",
              rows("data.csv", "x;y", i -> half(i) + ";" + y(i)),
              FIT,
              "'FOLDER/data.csv', row 1 (line 2): column 'x' holds '0,0', which is not a number:"
                  + " --decimal-comma takes it for a number; or correct it, encode the column (--categorical), or leave it out of 'features'"),
          refused(
              "a point is no decimal mark beside decimal commas",
              rows("data.csv", "x;y", i -> (i == 3 ? "1.5" : half(i)) + ";" + y(i)),
              FIT + " --decimal-comma",
              "'FOLDER/data.csv': column 'x' holds numbers with a decimal point beside others with a"
                  + " decimal comma: write all alike"),
          refused(
              "a comma cannot separate cells and be a decimal mark",
              text("data.csv", "x,y\n0,1\n"),
              FIT + " --decimal-comma --separator ,",
              "'decimal-comma' and 'separator' (,) exclude each other: a comma cannot be both"),
          read(
              "comments are skipped where the file says that it has some",
              rows("data.csv", "% made by hand\nx,y", i -> i + "," + y(i) + "\n% " + i),
              FIT + " --comment %",
              LINE,
              "lines that begin with % are not rows"),
          read(
              "a # is part of a name where comments are excluded",
              rows("data.csv", "#x,y", i -> i + "," + y(i)),
              FIT + " --comment none",
              "y = 1.429 + 2.229 #x"),
          refused(
              "what stands for a missing cell is missing",
              rows("data.csv", "x,y", i -> (i == 2 ? "?" : i) + "," + y(i)),
              FIT + " --missing-values NA,?",
              "'FOLDER/data.csv', row 3 (line 4): column 'x' is missing: fill it in (as --missing does), remove the row,"
                  + " or choose other features"),
          refused(
              "what often stands for a missing cell is refused with the option that says so",
              rows("data.csv", "x,y", i -> (i == 2 ? "?" : i) + "," + y(i)),
              FIT,
              "'FOLDER/data.csv', row 3 (line 4): column 'x' holds '?', which is not a number:"
                  + " --missing-values '?' takes it for a missing cell; or correct it, encode the column (--categorical), or leave it out of 'features'"));

  private static final List<SpecifiedInput> ENCODINGS =
      List.of(
          read(
              "Korean names are read in their encoding",
              encoded("data.csv", "방,y", i -> i + "," + y(i), Charset.forName("EUC-KR")),
              FIT + " --encoding euc-kr",
              "y = 1.429 + 2.229 방"),
          refused(
              "Korean in its own encoding is called by its name",
              encoded("data.csv", "방,y", i -> i + "," + y(i), Charset.forName("EUC-KR")),
              FIT,
              "'FOLDER/data.csv', line 1: byte 0xB9 is not UTF-8; the file is likely in EUC-KR, where"
                  + " it reads '방,y': give --encoding euc-kr, or save it as UTF-8"),
          read(
              "Latin-1 is read where it is stated",
              encoded("data.csv", "Größe,y", i -> i + "," + y(i), StandardCharsets.ISO_8859_1),
              FIT + " --encoding windows-1252",
              "y = 1.429 + 2.229 Größe"),
          refused(
              "bytes that are not of the stated encoding are refused by their line",
              encoded(
                  "data.csv",
                  "name,x,y",
                  i -> (i == 3 ? "\u00ff" : "a") + "," + i + "," + y(i),
                  StandardCharsets.ISO_8859_1),
              FIT + " --encoding euc-kr --features x",
              "'encoding' (EUC-KR): 'FOLDER/data.csv', line 5: byte 0xFF is not of that encoding: name"
                  + " the one that the file is in"),
          refused(
              "an encoding whose lines end in two bytes is refused",
              text("data.csv", "x,y\n0,1\n"),
              FIT + " --encoding utf-16",
              "'encoding' (UTF-16) must be one whose lines end as those of ASCII: save the file as"
                  + " UTF-8, as iconv -f UTF-16 -t UTF-8 does"),
          refused(
              "an unknown encoding is refused",
              text("data.csv", "x,y\n0,1\n"),
              FIT + " --encoding utf-88",
              "'encoding' (utf-88) must be the name of an encoding, such as utf-8, windows-1252 or"
                  + " euc-kr"));

  private static final List<SpecifiedInput> LOOKS =
      Stream.of("tsv", "txt", "data", "dat", "")
          .map(
              suffix -> {
                String name = suffix.isEmpty() ? "data" : "data." + suffix;
                return read(
                    "a text file '" + name + "' is looked at",
                    rows(name, "x\ty", i -> i + "\t" + y(i)),
                    "fit --data FOLDER/" + name + EXACT,
                    LINE);
              })
          .toList();

  private static final List<SpecifiedInput> PACKED =
      List.of(
          read(
              "a packed file is looked at, too",
              packed("data.gz"),
              "fit --data FOLDER/data.gz" + EXACT,
              LINE),
          read(
              "and one whose suffix tells its format",
              packed("data.tsv.gz"),
              "fit --data FOLDER/data.tsv.gz" + EXACT,
              LINE),
          read(
              "rows of libsvm are known without a suffix",
              rows("data", "3 1:1", i -> y(i) + " 1:" + i),
              "inspect --data FOLDER/data",
              "libsvm"),
          refused(
              "binary files without a suffix are not guessed at",
              folder -> java.nio.file.Files.write(folder.resolve("data"), new byte[40]),
              "fit --data FOLDER/data",
              "'data' (FOLDER/data): neither the suffix of 'data' nor how it begins tells a known file"
                  + " type: use --format pickle, npy, npz, csv, parquet, orc, json or libsvm"));

  static final List<SpecifiedInput> ALL =
      Stream.of(SEPARATORS, CELLS, ENCODINGS, LOOKS, PACKED).flatMap(List::stream).toList();

  private DialectInputs() {}

  /** 2x + 1 and what no line can follow. */
  private static int y(int x) {
    return 2 * x + 1 + x % 3;
  }

  /** Half of a number, with a decimal comma. */
  private static String half(int i) {
    return i / 2 + (i % 2 == 0 ? ",0" : ",5");
  }

  private static Files rows(String name, String first, IntFunction<String> row) {
    return encoded(name, first, row, StandardCharsets.UTF_8);
  }

  private static Files encoded(
      String name, String first, IntFunction<String> row, Charset charset) {
    return folder ->
        java.nio.file.Files.write(folder.resolve(name), six(first, row).getBytes(charset));
  }

  private static Files packed(String name) {
    return folder -> {
      Path file = folder.resolve(name);
      try (OutputStream out = new GZIPOutputStream(java.nio.file.Files.newOutputStream(file))) {
        out.write(six("x\ty", i -> i + "\t" + y(i)).getBytes(StandardCharsets.UTF_8));
      }
    };
  }

  /** Six rows under a first line. */
  private static String six(String first, IntFunction<String> row) {
    return first
        + "\n"
        + IntStream.range(0, 6).mapToObj(row).collect(Collectors.joining("\n"))
        + "\n";
  }
}
