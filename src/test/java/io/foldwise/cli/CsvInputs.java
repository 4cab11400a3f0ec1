package io.foldwise.cli;

import static io.foldwise.cli.SpecifiedInput.read;
import static io.foldwise.cli.SpecifiedInput.refused;
import static io.foldwise.cli.SpecifiedInput.text;

import io.foldwise.TestSpark;
import io.foldwise.cli.SpecifiedInput.Files;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Text and Parquet files. */
final class CsvInputs {
  private static final String EXACT = " --optimizer exact";
  private static final String FIT = "fit --data FOLDER/data.csv" + EXACT;

  /** Least squares by NumPy's polyfit over x = 0 to 5, y of {@link #y}. */
  private static final String LINE = "y = 1.429 + 2.229 x";

  /** The same over x = i² mod 7 for i = 0 to 5. */
  private static final String SQUARES = "y = 1.857 + 2.143 x";

  /** The same over both. */
  private static final String BOTH = "y = 1.652 + 2.185 x";

  private static final String SIX = "6 rows to train on, 1 feature";

  private static final List<SpecifiedInput> HEADERS =
      List.of(
          read(
              "a file of numbers with a header is read",
              text("data.csv", "x,y\n0,1\n1,4\n2,7\n3,7\n4,10\n5,13\n"),
              FIT,
              LINE),
          refused(
              "a first line of numbers alone is refused, since it may be a row",
              csv("1,3", i -> (i + 1) + "," + (2 * i + 3)),
              FIT,
              "'FOLDER/data.csv', line 1: '1,3' looks like a row of data, not like the names of"
                  + " columns: give --header false where no line names them (they are then x0, y),"
                  + " or --header true where this one does"),
          refused(
              "a first line of numbers alone is refused whatever stands below it",
              text("data.csv", "1,3\n2,two\n3,three\n"),
              FIT,
              "'FOLDER/data.csv', line 1: '1,3' looks like a row of data, not like the names of"
                  + " columns: give --header false where no line names them (they are then x0, y),"
                  + " or --header true where this one does"),
          refused(
              "a first line of numbers is refused where some of it is missing",
              text("data.csv", "NA,3,?\n2,5,1\n3,7,2\n"),
              FIT,
              "'FOLDER/data.csv', line 1: 'NA,3,?' looks like a row of data, not like the names of"
                  + " columns: give --header false where no line names them (they are then x0, x1,"
                  + " y), or --header true where this one does"),
          read(
              "without a header, and said so, all lines are rows",
              csv("1,4", i -> (i + 2) + "," + y(i + 2)),
              FIT + " --header false",
              "7 rows to train on, 1 feature",
              "y = 2.286 + 1.929 x0",
              "'FOLDER/data.csv' is read without a header: its columns are x0, y"),
          read(
              "with a header of numbers, and said so, the first line names the columns",
              csv("0,1", i -> i + "," + y(i)),
              FIT + " --header true --label 1",
              SIX),
          refused(
              "a first line of equal numbers is no header with a name twice",
              csv("1,1,5", i -> i + "," + i * i + "," + y(i)),
              FIT,
              "'FOLDER/data.csv', line 1: '1,1,5' looks like a row of data, not like the names of"
                  + " columns: give --header false where no line names them (they are then x0, x1,"
                  + " y), or --header true where this one does"),
          refused(
              "a first line with text just where the second has text may be a row",
              text("data.csv", "5.1,3.5,setosa\n4.9,3.0,setosa\n7.0,3.2,versicolor\n"),
              FIT,
              "'FOLDER/data.csv', line 1: '5.1,3.5,setosa' looks like a row of data, not like the"
                  + " names of columns: give --header false where no line names them (they are then"
                  + " x0, x1, y), or --header true where this one does"),
          read(
              "a name that is a number is a name where another stands over a number",
              csv("x,2020", i -> i + "," + y(i)),
              FIT + " --label 2020",
              SIX),
          refused(
              "a file of nothing but a header holds no rows",
              text("data.csv", "x,y\n"),
              FIT,
              "'FOLDER/data.csv' holds no rows: at least one is needed"),
          refused(
              "a file of blank lines is empty",
              text("data.csv", "\n  \n\n"),
              FIT,
              "'FOLDER/data.csv' is empty: a header line and rows are needed"),
          refused(
              "a name that stands twice is refused",
              text("data.csv", "x,X,y\n1,2,3\n"),
              FIT,
              "'FOLDER/data.csv': the header has 'X' twice (case does not count): rename one"
                  + " column"),
          refused(
              "a header is not asked of Parquet files",
              parquet("data.parquet", "double(id) x", "double(2 * id + 1 + id % 3) y"),
              "fit --data FOLDER/data.parquet --header false",
              "'header' (false): 'FOLDER/data.parquet' is of format parquet, which has no lines of"
                  + " cells: leave the option out"));

  private static final List<SpecifiedInput> COMMENTS =
      List.of(
          read(
              "what numpy.savetxt writes with a header is read",
              csv("# x,y", i -> i + ".0e+00," + y(i) + ".0e+00"),
              FIT,
              SIX,
              LINE,
              "'FOLDER/data.csv' begins with a comment, which names its columns x, y; later lines"
                  + " that begin with # are not rows"),
          read(
              "comments before, among and after the rows are none, and the last before them is the"
                  + " header",
              csv("# made by hand\n#x,y", i -> (i == 2 ? "# half\n" : "") + i + "," + y(i)),
              FIT,
              SIX,
              LINE),
          read(
              "a header under comments is the header",
              csv("# made by hand, yesterday\nx,y", i -> i + "," + y(i)),
              FIT,
              SIX,
              LINE,
              "'FOLDER/data.csv': lines that begin with # are not rows"),
          refused(
              "a comment of another width is no header",
              csv("# by me\n0,1", i -> i + "," + y(i)),
              FIT,
              "'FOLDER/data.csv', line 2: '0,1' looks like a row of data, not like the names of"
                  + " columns: give --header false where no line names them (they are then x0, y),"
                  + " or --header true where this one does"),
          refused(
              "in a file that does not begin with a comment, a line that does is a row",
              text("data.csv", "x,y\n1,2\n#3,4\n5,6\n"),
              FIT,
              "'FOLDER/data.csv', row 2 (line 3): column 'x' holds '#3', which is not a number: correct"
                  + " it, encode the column (--categorical), or leave it out of 'features'"),
          refused(
              "a file of comments alone is refused",
              text("data.csv", "#ff0000,1\n#00ff00,2\n"),
              FIT,
              "'FOLDER/data.csv': every line begins with '#', as comments do in a file that begins"
                  + " so: begin the file with a line of names"),
          read(
              "a byte order mark before a blank line is nothing",
              csv("\uFEFF\n\nx,y", i -> i + "," + y(i)),
              FIT,
              SIX,
              LINE));

  private static final List<SpecifiedInput> NAMELESS =
      List.of(
          read(
              "the index that pandas writes is left out, and said to be",
              csv(",x,y", i -> i + "," + i * i % 7 + "," + y(i * i % 7)),
              FIT,
              SIX,
              SQUARES,
              "column 1 of 'FOLDER/data.csv' has no name and counts the rows: it is left out"),
          read(
              "row numbers from 1, as R writes them, are left out",
              csv("\"\",\"x\",\"y\"", i -> "\"" + (i + 1) + "\"," + i * i % 7 + "," + y(i * i % 7)),
              FIT,
              SQUARES,
              "column 1 of 'FOLDER/data.csv' has no name and counts the rows: it is left out"),
          read(
              "the index of each file of a folder is left out",
              files(
                  csv("d/a.csv", ",x,y", i -> i + "," + i * i % 7 + "," + y(i * i % 7)),
                  csv("d/b.csv", ",x,y", i -> i + "," + i + "," + y(i))),
              "fit --data FOLDER/d" + EXACT,
              "12 rows to train on, 1 feature",
              BOTH,
              "column 1 of 'FOLDER/d' has no name and counts the rows: it is left out"),
          read(
              "an index that goes on from file to file is left out",
              files(
                  csv("d/a.csv", ",x,y", i -> i + "," + i * i % 7 + "," + y(i * i % 7)),
                  csv("d/b.csv", ",x,y", i -> (i + 6) + "," + i + "," + y(i))),
              "fit --data FOLDER/d" + EXACT,
              BOTH,
              "column 1 of 'FOLDER/d' has no name and counts the rows: it is left out"),
          refused(
              "a first column without a name that does not count the rows is refused",
              csv(",x,y", i -> 7 * (i + 1) % 5 + "," + i + "," + y(i)),
              FIT,
              "'FOLDER/data.csv', row 1 (line 2): the first column has no name and holds '2', so it"
                  + " does not count the rows from 0 or 1: name it, or write the file without it"
                  + " (pandas: index=False)"),
          read(
              "names of rows, as R writes them, are left out",
              csv("\"\",\"x\",\"y\"", i -> "\"Mazda " + i + "\"," + i + "," + y(i)),
              FIT,
              LINE,
              "column 1 of 'FOLDER/data.csv' has no name and holds text: it is taken for names of"
                  + " the rows and left out"),
          read(
              "the index that pandas named when it read the file is not a feature",
              csv("Unnamed: 0,x,y", i -> i * i + "," + i + "," + y(i)),
              FIT,
              SIX,
              LINE,
              "column 'Unnamed: 0' is taken for the index of a pandas DataFrame and is not a feature:"
                  + " name it in --features to use it"),
          read(
              "the index of a DataFrame in Parquet is not a feature",
              parquet(
                  "data.parquet",
                  "double(id) x",
                  "double(2 * id + 1 + id % 3) y",
                  "id * 7 __index_level_0__"),
              "fit --data FOLDER/data.parquet" + EXACT,
              LINE,
              "column '__index_level_0__' is taken for the index of a pandas DataFrame and is not a"
                  + " feature: name it in --features to use it"),
          read(
              "empty columns at the right of a spreadsheet are left out",
              csv("x,y,,", i -> i + "," + y(i) + ",,"),
              FIT,
              SIX,
              LINE,
              "'FOLDER/data.csv' has 2 columns without a name and without values: left out"),
          refused(
              "a cell in a column without a name is refused",
              csv("x,y,,", i -> i + "," + y(i) + "," + (i == 3 ? "see below" : "") + ","),
              FIT,
              "'FOLDER/data.csv', row 4 (line 5): column 3 has no name and holds 'see below': name it,"
                  + " or remove the cell"));

  private static final List<SpecifiedInput> FOLDERS =
      List.of(
          read(
              "columns in another order are matched by name",
              files(
                  csv("d/a.csv", ",x,z,y", i -> i + "," + i + "," + i * i % 5 + "," + y(i)),
                  csv("d/b.csv", ",z,x,y", i -> i + "," + i * i % 5 + "," + i + "," + y(i))),
              "fit --data FOLDER/d" + EXACT,
              "12 rows to train on, 2 features",
              LINE,
              "the files of 'FOLDER/d' have their columns in different orders: they are matched by"
                  + " name"),
          read(
              "files with an index and without one are read together",
              files(
                  csv("d/a.csv", ",x,y", i -> i + "," + i * i % 7 + "," + y(i * i % 7)),
                  csv("d/b.csv", "x,y", i -> i + "," + y(i))),
              "fit --data FOLDER/d/*.csv" + EXACT,
              "12 rows to train on, 1 feature",
              BOTH,
              "column 1 of 'FOLDER/d/a.csv' has no name and counts the rows: it is left out"),
          refused(
              "a file without a header among others is refused",
              files(
                  csv("d/a.csv", ",x,y", i -> i + "," + i + "," + y(i)),
                  csv("d/b.csv", "6,6,13", i -> (i + 7) + "," + i + "," + y(i))),
              "fit --data FOLDER/d",
              "'FOLDER/d/b.csv', line 1: '6,6,13' looks like a row of data, not like the names of"
                  + " columns: give --header false where no line names them (they are then x0, x1,"
                  + " y), or --header true where this one does"),
          refused(
              "a file with other columns is refused",
              files(
                  csv("d/a.csv", "x,y", i -> i + "," + y(i)),
                  csv("d/b.csv", "w,y", i -> i + "," + y(i))),
              "fit --data FOLDER/d",
              "'FOLDER/d/b.csv' has no column 'x', which 'FOLDER/d/a.csv' has: the files of a"
                  + " dataset need the same columns"),
          refused(
              "a file with a column more is refused",
              files(
                  csv("d/a.csv", "x,y", i -> i + "," + y(i)),
                  csv("d/b.csv", "x,w,y", i -> i + "," + i + "," + y(i))),
              "fit --data FOLDER/d",
              "'FOLDER/d/a.csv' has no column 'w', which 'FOLDER/d/b.csv' has: the files of a"
                  + " dataset need the same columns"),
          read(
              "files of another format in a folder are left out, and said to be",
              files(
                  csv("d/a.csv", "x,y", i -> i + "," + y(i)),
                  text("d/README.md", "# About\n\nNumbers, made up.\n")),
              "fit --data FOLDER/d" + EXACT,
              SIX,
              LINE,
              "'FOLDER/d' holds other files than csv, which are left out: README.md"),
          read(
              "an empty file beside others, as Spark writes them, is nothing",
              files(csv("d/b.csv", "x,y", i -> i + "," + y(i)), text("d/a.csv", "")),
              "fit --data FOLDER/d" + EXACT,
              SIX,
              LINE),
          read(
              "a name with the signs of a pattern is a name",
              csv("d[1]{a}.csv", "x,y", i -> i + "," + y(i)),
              "fit --data FOLDER/d[1]{a}.csv" + EXACT,
              SIX,
              LINE));

  private static final List<SpecifiedInput> CELLS =
      List.of(
          refused(
              "1D is text, whatever Java says",
              text("data.csv", "x,y\n1D,3\n2,5\n3,7\n"),
              FIT,
              "'FOLDER/data.csv', row 1 (line 2): column 'x' holds '1D', which is not a number: correct"
                  + " it, encode the column (--categorical), or leave it out of 'features'"),
          refused(
              "0x1p3 is text",
              text("data.csv", "x,y\n1,3\n0x1p3,5\n3,7\n"),
              FIT,
              "'FOLDER/data.csv', row 2 (line 3): column 'x' holds '0x1p3', which is not a number:"
                  + " correct it, encode the column (--categorical), or leave it out of 'features'"),
          read(
              "signs, exponents and points without digits are numbers",
              text("data.csv", "x,y\n0,1\n+1,4\n2e0,7.\n.3e1,7\n4.0E+00,10\n5,1.3e1\n"),
              FIT,
              LINE),
          refused(
              "inf is a number, and none to train on",
              text("data.csv", "x,y\n1,3\n-inf,5\n3,7\n"),
              FIT,
              "'FOLDER/data.csv', row 2 (line 3): column 'x' is -Infinity: fill it in (as --missing does), remove the row, or choose other features"),
          refused(
              "a comma too many is refused by its line",
              text("data.csv", "x,y\n1,3\n2,5,\n3,7\n"),
              FIT,
              "'FOLDER/data.csv', row 2 (line 3) does not have the 2 cells of the header: '2,5,'"),
          refused(
              "a line break in a quoted cell is refused by its line",
              text("data.csv", "name,x,y\n\"Ada\nL\",1,3\n"),
              FIT + " --features x",
              "'FOLDER/data.csv', row 1 (line 2) does not have the 3 cells of the header: '\"Ada'; a"
                  + " quoted cell must end in its own line"),
          read(
              "quotes in a quoted cell are doubled, as pandas and spreadsheets write them",
              csv("name,x,y", i -> "\"a \"\"b\"\", c\"," + i + "," + y(i)),
              FIT + " --features x",
              LINE),
          refused(
              "columns of text are refused together, each with an example",
              csv("sex,age,town,y", i -> (i % 2 == 0 ? "m," : "f,") + i + ",Linz," + i),
              FIT,
              "'FOLDER/data.csv': 2 of the features hold text, no numbers: 'sex' ('m'), 'town'"
                  + " ('Linz'): --categorical auto one-hot encodes those of at most 20 values, --categorical A,B any; or name the columns to use with --features"),
          refused(
              "a label of two texts asks for a loss and the one that counts as 1",
              csv("x,y", i -> i + "," + (i < 2 ? "malignant" : "benign")),
              FIT,
              "'FOLDER/data.csv': the label 'y' holds text, 'malignant' and 'benign': take --loss logistic, and --positive malignant if the first is to count as 1, the other as 0"),
          refused(
              "a label of three texts hears that two are supported",
              csv("x,y", i -> i + "," + List.of("setosa", "versicolor", "virginica").get(i / 2)),
              FIT,
              "'FOLDER/data.csv': the label 'y' holds text, 3 classes: take --loss softmax or ovr-hinge, or --loss logistic --positive virginica, which tells that one from all others"),
          refused(
              "a text in a label of numbers is a cell to correct",
              text("data.csv", "x,y\n1,3\n2,?\n3,7\n"),
              FIT,
              "'FOLDER/data.csv', row 2 (line 3): the label 'y' holds '?', which is not a number:"
                  + " --missing-values '?' takes it for a missing cell; or correct it, or remove the row"));

  private static final List<SpecifiedInput> SIZES =
      List.of(
          refused(
              "numbers whose squares are no doubles are refused as too small",
              csv("x,y", i -> (i + 1) + "e-160," + y(i)),
              FIT,
              "'FOLDER/data.csv': the numbers in column 'x' are too small, at most 6.0e-160, for their"
                  + " squares to be told from 0: rescale the column"),
          refused(
              "a label of such numbers too",
              csv("x,y", i -> i + "," + y(i) + "e-200"),
              FIT,
              "'FOLDER/data.csv': the numbers in column 'y' are too small, at most 1.3e-199, for their"
                  + " squares to be told from 0: rescale the column"),
          read(
              "a few small numbers among others are as good as 0",
              csv("x,z,y", i -> i + "," + (i == 0 ? "1e-200" : i * i) + "," + y(i)),
              FIT,
              "6 rows to train on, 2 features"),
          read(
              "small numbers that can be squared are fitted",
              csv("x,y", i -> (i + 1) + "e-100," + y(i)),
              FIT,
              "x"),
          read(
              "the same label in every row is fitted",
              csv("x,y", i -> i + ",5.0"),
              FIT,
              "y = 5 + 0 x"),
          refused(
              "weights that hardly add up to a double are refused",
              csv("x,w,y", i -> i + ",1e-310," + y(i)),
              FIT + " --weight w",
              "'weight' (w): all weights together are 6.000e-310, too small to divide by: rescale"
                  + " them"));

  private static final List<SpecifiedInput> BYTES =
      List.of(
          refused(
              "a header in Latin-1 is refused by its line",
              encoded("data.csv", "Größe,y\n1,3\n2,5\n", StandardCharsets.ISO_8859_1),
              FIT,
              "'FOLDER/data.csv', line 1: byte 0xF6 is not UTF-8; the file is likely in Windows-1252"
                  + " (Latin-1), where it reads 'Größe,y': give --encoding windows-1252, or save it as"
                  + " UTF-8"),
          refused(
              "a cell in Windows-1252 is refused by its line, though no feature",
              encoded(
                  "data.csv",
                  "name,x,y\na,1,3\nb,2,5\n\n“ü”,3,7\n",
                  Charset.forName("windows-1252")),
              FIT + " --features x",
              "'FOLDER/data.csv', line 5: byte 0x93 is not UTF-8; the file is likely in Windows-1252"
                  + " (Latin-1), where it reads '“ü”,3,7': give --encoding windows-1252, or save it as"
                  + " UTF-8"),
          read(
              "text in UTF-8 is read, a character that stands for lost bytes too",
              csv("Größe,x,y", i -> "ü\uFFFD," + i + "," + y(i)),
              FIT + " --features x",
              LINE),
          refused(
              "UTF-16 is called by its name",
              encoded("data.csv", "\uFEFFx,y\n1,3\n", StandardCharsets.UTF_16LE),
              FIT,
              "'data' (FOLDER/data.csv): 'data.csv' is in UTF-16: save it as UTF-8, as iconv -f UTF-16"
                  + " -t UTF-8 does"),
          refused(
              "UTF-16 without a mark too",
              encoded("data.svm", "1 1:2\n2 1:3\n", StandardCharsets.UTF_16BE),
              "fit --data FOLDER/data.svm",
              "'data' (FOLDER/data.svm): 'data.svm' is in UTF-16: save it as UTF-8, as iconv -f UTF-16"
                  + " -t UTF-8 does"),
          refused(
              "a workbook with the suffix of a csv file is called what it is",
              text("data.csv", "PK\003\004workbook"),
              FIT,
              "'data' (FOLDER/data.csv): 'data.csv' is a zip archive, as Excel's files are too, not"
                  + " csv: choose the right --format (pickle, npy, npz, csv, parquet, orc, json or libsvm)"),
          refused(
              "bytes that are no UTF-8 in a LIBSVM file are refused by their line",
              encoded("data.svm", "1 1:2\n\n2 1:ü\n", StandardCharsets.ISO_8859_1),
              "fit --data FOLDER/data.svm",
              "'FOLDER/data.svm', line 3: byte 0xFC is not UTF-8; the file is likely in Windows-1252"
                  + " (Latin-1), where it reads '2 1:ü': save it as UTF-8, as iconv -f WINDOWS-1252 -t"
                  + " UTF-8 does"));

  private static final List<SpecifiedInput> SUFFIXES =
      List.of(
          unread(
              "xlsx",
              "save it as CSV UTF-8, or convert it with pandas:"
                  + " read_excel('data.xlsx').to_csv('data.csv', index=False)"),
          unread("avro", "Spark's own jars do not read Avro: write it as Parquet"),
          unread(
              "pt",
              "make a pickle of its tensors as arrays: pickle.dump({'x': x.numpy(), 'y': y.numpy()},"
                  + " open('data.pkl', 'wb'))"),
          unread("zip", "unpack it first"));

  private static final List<SpecifiedInput> PARQUET =
      List.of(
          read(
              "Parquet files whose numbers differ in type are read as doubles",
              files(
                  parquet("d/a.parquet", "id x", "double(2 * id + 1 + id % 3) y"),
                  parquet(
                      "d/b.parquet",
                      "double(id * id % 7) x",
                      "int(2 * (id * id % 7) + 1 + (id * id % 7) % 3) y")),
              "fit --data FOLDER/d" + EXACT,
              "12 rows to train on, 1 feature",
              BOTH,
              "the files of 'FOLDER/d' have different types of numbers in x, y: read as 64-bit"
                  + " floating point"),
          refused(
              "a Parquet column that holds text in one file is refused",
              files(
                  parquet("d/a.parquet", "id x", "double(2 * id + 1 + id % 3) y"),
                  parquet("d/b.parquet", "string(id) x", "double(2 * id + 1 + id % 3) y")),
              "fit --data FOLDER/d",
              "'FOLDER/d/b.parquet': column 'x' is of type string, but of type bigint in"
                  + " 'FOLDER/d/a.parquet': write all files with one type"),
          refused(
              "a Parquet file that lacks a column is refused",
              files(
                  parquet("d/a.parquet", "id x", "id z", "double(2 * id + 1 + id % 3) y"),
                  parquet("d/b.parquet", "id x", "double(2 * id + 1 + id % 3) y")),
              "fit --data FOLDER/d",
              "'FOLDER/d/b.parquet' has no column 'z', which 'FOLDER/d/a.parquet' has: the files of a"
                  + " dataset need the same columns"),
          read(
              "Parquet files with their columns in another order are matched by name",
              files(
                  parquet("d/a.parquet", "id x", "2 * id + 1 + id % 3 y"),
                  parquet("d/b.parquet", "2 * id + 1 + id % 3 y", "id x")),
              "fit --data FOLDER/d" + EXACT,
              "12 rows to train on, 1 feature",
              LINE),
          refused(
              "an encoding that Spark does not read is refused by file and column",
              foreign("required double x; required double y;"),
              "fit --data FOLDER/data.parquet",
              "'FOLDER/data.parquet': column 'x' is encoded as BYTE_STREAM_SPLIT, which Spark does not"
                  + " read: write the file without it (pyarrow: use_byte_stream_split=False)"),
          refused(
              "times in nanoseconds are refused by file and column",
              foreign("required int64 day (TIMESTAMP(NANOS,true)); required int64 y;"),
              "fit --data FOLDER/data.parquet",
              "'FOLDER/data.parquet': column 'day' holds times in nanoseconds, which Spark does not"
                  + " read: leave it out, or write microseconds (pandas: coerce_timestamps='us')"),
          refused(
              "a Parquet file that ends too early is refused in one line",
              text("data.parquet", "PAR1 and nothing more of it"),
              "fit --data FOLDER/data.parquet",
              "'FOLDER/data.parquet': is damaged or cut off: it does not end as a Parquet file does"));

  static final List<SpecifiedInput> ALL =
      Stream.of(HEADERS, COMMENTS, NAMELESS, FOLDERS, CELLS, SIZES, BYTES, SUFFIXES, PARQUET)
          .flatMap(List::stream)
          .toList();

  private CsvInputs() {}

  /** 2x + 1 and what no line can follow. */
  private static int y(int x) {
    return 2 * x + 1 + x % 3;
  }

  private static SpecifiedInput unread(String suffix, String advice) {
    String name = "data." + suffix;
    return refused(
        "of a file ." + suffix + " it is said what helps",
        text(name, "anything"),
        "fit --data FOLDER/" + name,
        "'data' (FOLDER/" + name + "): '" + name + "' is not read: " + advice);
  }

  private static Files files(Files... all) {
    return folder -> {
      for (Files one : all) {
        one.into(folder);
      }
    };
  }

  /** Six rows under a first line, as data.csv. */
  private static Files csv(String first, IntFunction<String> row) {
    return csv("data.csv", first, row);
  }

  private static Files csv(String name, String first, IntFunction<String> row) {
    String rows = IntStream.range(0, 6).mapToObj(row).collect(Collectors.joining("\n"));
    return encoded(name, first + "\n" + rows + "\n", StandardCharsets.UTF_8);
  }

  private static Files encoded(String name, String text, Charset charset) {
    return folder -> {
      Path file = folder.resolve(name);
      java.nio.file.Files.createDirectories(file.getParent());
      java.nio.file.Files.write(file, text.getBytes(charset));
    };
  }

  /** Six rows of these expressions of id, 0 to 5, as one file. */
  private static Files parquet(String name, String... columns) {
    return folder -> {
      Path parts = folder.resolve("parts");
      TestSpark.session()
          .range(6)
          .coalesce(1)
          .selectExpr(columns)
          .write()
          .mode("overwrite")
          .parquet(parts.toString());
      Path file = folder.resolve(name);
      java.nio.file.Files.createDirectories(file.getParent());
      try (Stream<Path> written = java.nio.file.Files.list(parts)) {
        Path part =
            written
                .filter(path -> path.getFileName().toString().startsWith("part-"))
                .findFirst()
                .orElseThrow();
        java.nio.file.Files.move(part, file);
      }
    };
  }

  /**
   * Rows of numbers as others than Spark write them, each byte of a number in a stream of its own.
   */
  private static Files foreign(String columns) {
    MessageType type = MessageTypeParser.parseMessageType("message m { " + columns + " }");
    return folder -> {
      org.apache.hadoop.fs.Path file =
          new org.apache.hadoop.fs.Path(folder.resolve("data.parquet").toString());
      try (ParquetWriter<org.apache.parquet.example.data.Group> out =
          ExampleParquetWriter.builder(file)
              .withType(type)
              .withDictionaryEncoding(false)
              .withByteStreamSplitEncoding(true)
              .build()) {
        for (int i = 0; i < 6; i++) {
          SimpleGroup row = new SimpleGroup(type);
          for (int j = 0; j < type.getFieldCount(); j++) {
            boolean whole =
                type.getType(j).asPrimitiveType().getPrimitiveTypeName().name().equals("INT64");
            if (whole) {
              row.add(j, (long) i);
            } else {
              row.add(j, (double) i);
            }
          }
          out.write(row);
        }
      }
    };
  }
}
