package io.foldwise.cli;

import static io.foldwise.cli.SpecifiedInput.read;
import static io.foldwise.cli.SpecifiedInput.refused;
import static io.foldwise.cli.SpecifiedInput.text;

import java.util.List;

/** Words of the command line and of config files. */
final class WordInputs {
  /** y = 1 + 2 x. */
  private static final SpecifiedInput.Files LINE =
      text("data.csv", "x,y\n1,3\n2,5\n3,7\n4,9\n5,11\n6,13\n7,15\n8,17\n");

  /** y = x² and a group of two rows each. */
  private static final SpecifiedInput.Files CURVE =
      text("data.csv", "x,house,y\n-3,1,9\n-2,1,4\n-1,2,1\n1,2,1\n2,3,4\n3,3,9\n4,4,16\n5,4,25\n");

  private static final SpecifiedInput.Files PRICES =
      text("data.csv", "living area,price\n1,3\n2,5\n3,7\n4,9\n5,11\n");

  private static final String FIT = "fit --data FOLDER/data.csv ";
  private static final String SEARCH = "search --data FOLDER/data.csv --folds 2 ";
  private static final String EXACT = "--optimizer exact ";

  static final List<SpecifiedInput> ALL =
      List.of(
          refused(
              "a slip in an option is answered with the option that was meant",
              LINE,
              "fit --dta FOLDER/data.csv",
              "unknown option '--dta' of fit: did you mean --data?"),
          refused(
              "the first half of an option is no option, but names one",
              LINE,
              SEARCH + "--learn 0.1",
              "unknown option '--learn' of search: did you mean --learning-rate?"),
          refused(
              "underscores for dashes are answered with the dashes",
              LINE,
              FIT + "--batch_size=2",
              "unknown option '--batch_size' of fit: did you mean --batch-size?"),
          refused(
              "lr is learning-rate here",
              LINE,
              FIT + "--lr 0.1",
              "unknown option '--lr' of fit: here it is --learning-rate"),
          refused(
              "scikit-learn's cv is folds here",
              LINE,
              SEARCH + "--cv 5",
              "unknown option '--cv' of search: here it is --folds"),
          refused(
              "folds are an option of other commands than fit",
              LINE,
              FIT + "--cv 5",
              "unknown option '--cv' of fit: here it is --folds, an option of search, explain"),
          refused(
              "an option of other commands is not one of this",
              LINE,
              FIT + "--folds 5",
              "unknown option '--folds' of fit: an option of search, explain"),
          refused(
              "scikit-learn's alpha is l2 here, in another scale",
              LINE,
              FIT + "--alpha 0.1",
              "unknown option '--alpha' of fit: here it is --l2; l2 = alpha / rows for"
                  + " scikit-learn's Ridge; --l1 is the lasso's"),
          refused(
              "scikit-learn's C is l2 here, turned round",
              LINE,
              FIT + "--C 10",
              "unknown option '--C' of fit: here it is --l2; l2 = 1 / (2 C rows) for"
                  + " scikit-learn's C"),
          refused(
              "scikit-learn's scoring is metric here",
              LINE,
              SEARCH + "--scoring mae",
              "unknown option '--scoring' of search: here it is --metric"),
          refused(
              "MLlib's maxIter is epochs here",
              LINE,
              FIT + "--maxIter 10",
              "unknown option '--maxIter' of fit: here it is --epochs"),
          refused(
              "cores are Spark's",
              LINE,
              FIT + "--n_jobs 4",
              "unknown option '--n_jobs' of fit: say how many cores before the command: --master"
                  + " 'local[4]'"),
          refused(
              "Spark's own options stand before the command",
              LINE,
              FIT + "--driver-memory 4g",
              "unknown option '--driver-memory' of fit: it is an option of Spark: write it before"
                  + " the command"),
          refused(
              "an option before the command is told where options stand",
              LINE,
              "--data FOLDER/data.csv fit",
              "unknown option '--data' before the command: options come after it, as in 'foldwise"
                  + " search --data FILE'"),
          refused(
              "a word without dashes that is an option is answered with the dashes",
              LINE,
              "fit data FOLDER/data.csv",
              "unexpected word 'data' after fit: did you mean --data?"),
          refused(
              "blanks after a comma split a list",
              LINE,
              FIT + "--features x, z",
              "unexpected word 'z' after fit: options start with --, and a value with blanks needs"
                  + " quotes"),
          refused(
              "a slip in a command is answered with the command that was meant",
              LINE,
              "serach --data FOLDER/data.csv",
              "unknown command 'serach': did you mean 'search'? the commands are search, fit,"
                  + " evaluate, predict, inspect, generate, explain, report, compare, lecture,"
                  + " shell, completion"),
          read("help fit is fit --help", LINE, "help fit", "Usage: foldwise fit", "--epochs"),
          read("help alone lists the commands", LINE, "help", "Usage: foldwise", "evaluate"),
          refused(
              "an axis by another library's name is answered with ours",
              LINE,
              SEARCH + "--grid lr=0.1,0.2",
              "'grid' has no axis 'lr': here it is learning-rate"),
          refused(
              "a slip in an axis is answered with the axis that was meant",
              LINE,
              SEARCH + "--grid degre=1..3",
              "'grid' has no axis 'degre': did you mean 'degree'?"),
          new SpecifiedInput(
              "blanks may stand anywhere in a grid",
              CURVE,
              new String[] {
                "search",
                "--data=FOLDER/data.csv",
                "--features=x",
                "--folds=2",
                "--grid",
                " degree = 1 .. 3 ; l2 = log( 0.1 , 1 , 2 ) ; optimizer = exact "
              },
              0,
              "6 candidates"),
          read(
              "several grids join",
              CURVE,
              SEARCH + "--features x --grid degree=1..2 --grid l2=0,1 --grid optimizer=exact",
              "4 candidates"),
          refused(
              "an axis stands in one of several grids",
              LINE,
              SEARCH + "--grid l2=0,1 --grid l2=2",
              "'grid' names 'l2' twice: keep one"),
          refused(
              "a column that differs in case is not taken, but named",
              PRICES,
              FIT + "--label Price",
              "'label' (Price): 'FOLDER/data.csv' has no such column: did you mean 'price'?"),
          refused(
              "a feature that differs in case is not taken, but named",
              PRICES,
              FIT + "--label price --features Living_Area",
              "'features' (Living_Area): 'FOLDER/data.csv' has no such column: did you mean 'living"
                  + " area'?"),
          refused(
              "a column of weights that is like none is refused with all there are",
              PRICES,
              FIT + "--label price --weight sqm",
              "'weight' (sqm): 'FOLDER/data.csv' has no such column; it has living area, price"),
          read(
              "a column name of two words stands in brackets in the model",
              PRICES,
              FIT + "--label price " + EXACT,
              "price = 1 + 2 * [living area]"),
          read(
              "momentum changes nothing for sgd, and that is said",
              LINE,
              FIT + "--momentum 0.5",
              "note      'momentum' has no effect: with optimizer sgd and loss squared nothing reads"
                  + " it"),
          read(
              "delta changes nothing for the squared loss, and that is said",
              LINE,
              FIT + "--delta 2",
              "'delta' has no effect: with optimizer sgd and loss squared nothing reads it"),
          read(
              "tau changes nothing for Huber's loss, and that is said",
              LINE,
              FIT + "--loss huber --tau 0.9",
              "'tau' has no effect: with optimizer sgd and loss huber nothing reads it"),
          read(
              "rates, schedules, batches and epochs change nothing for exact: trained once",
              LINE,
              SEARCH
                  + EXACT
                  + "--grid learning-rate=0.1,1;schedule=cosine;batch-size=1,2;epochs=5,6",
              "1 candidate\n",
              "'learning-rate' has no effect: with optimizer exact and loss squared nothing reads it",
              "'schedule' has no effect",
              "'batch-size' has no effect",
              "'epochs' has no effect",
              "the grid's 8 settings come to 1 candidate: those that come to the same are trained"
                  + " once"),
          read(
              "patience, tolerance, halving and initial weights change nothing for exact",
              LINE,
              SEARCH
                  + "--grid optimizer=exact;l2=0,1 --patience 3 --tolerance 1 --halving 2 --init zeros",
              "'patience' has no effect: exact goes straight to the optimum",
              "'tolerance' has no effect",
              "'halving' has no effect",
              "'init' has no effect"),
          read(
              "halving and a rule of choice change nothing for one candidate",
              LINE,
              SEARCH + "--epochs 3 --halving 2 --select one-standard-error",
              "'halving' has no effect: the first rung is the last with 1 candidate, too few to leave"
                  + " some behind",
              "'select' has no effect: there is one candidate"),
          read(
              "repeats and a seed change nothing where nothing is random",
              LINE,
              FIT + EXACT + "--repeats 3 --seed 7",
              "'repeats' has no effect: nothing is random here: no folds, no minibatches, no initial"
                  + " weights",
              "'seed' has no effect: nothing is random here"),
          read(
              "a basis of powers changes nothing where there are none",
              LINE,
              FIT + EXACT + "--basis power",
              "'basis' has no effect: no candidate has powers"),
          read(
              "groups change nothing for folds that are dealt otherwise",
              CURVE,
              SEARCH + EXACT + "--group house --fold-strategy contiguous",
              "1 feature",
              "'group' has no effect: the folds are dealt otherwise; the column is only kept out of"
                  + " the features"),
          read(
              "leave to overwrite changes nothing where nothing is written",
              LINE,
              FIT + EXACT + "--overwrite",
              "'overwrite' has no effect: without --out nothing is written"),
          refused(
              "a slip in a config file is answered with its line and the option that was meant",
              text("run.yaml", "data: data.csv\nlable: y\n"),
              "fit --config FOLDER/run.yaml",
              "FOLDER/run.yaml:2: unknown option 'lable': did you mean label?"),
          refused(
              "another library's word in a config file is answered with ours",
              text("run.yaml", "data: data.csv\nmax_iter: 3\n"),
              "fit --config FOLDER/run.yaml",
              "FOLDER/run.yaml:2: unknown option 'max_iter': here it is epochs"),
          refused(
              "a list that is not closed is refused where the next line shows it",
              text("run.yaml", "folds: 3\ngrid:\n  l2: [0, 1\n  degree: 2\n"),
              "search --config FOLDER/run.yaml",
              "FOLDER/run.yaml:4: not YAML: expected ',' or ']', but got :"),
          new SpecifiedInput(
              "a rate that diverges is told with four digits",
              LINE,
              (SEARCH + "--learning-rate 123.456789 --epochs 300").split(" "),
              1,
              "every candidate diverged at 'learning-rate' (123.5): take 'auto', which would be"
                  + " 0.5000 here, or a smaller number"));

  private WordInputs() {}
}
