# The program's own words: engine/po/*.po are compiled and linked into both programs.
