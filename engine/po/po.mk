# The program's own words: engine/po/*.po are checked, compiled and linked into both programs.
# `make po-update` collects the texts from the code and the rows of messages.def, and merges them into each language.
PO = $(wildcard engine/po/*.po)

$(B)/gen/%.mo: engine/po/%.po
	$(Q)mkdir -p $(@D)
	$(Q)msgfmt --check --endianness=little -o $@ $<
$(B)/gen/words_data.c: engine/po/embed.sh $(PO:engine/po/%.po=$(B)/gen/%.mo)
	$(Q)mkdir -p $(@D)
	$(Q)sh $^ > $@.new && mv $@.new $@
$(B)/gen/words_data.o: $(B)/gen/words_data.c
	$(call say,cc)
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# A row of messages.def holds two texts; the preprocessor takes them apart and keeps file and line.
po-collect:
	@mkdir -p $(B)/gen
	printf '#define MSG(code, name, severity, what, mend) N_(what) N_(mend)\n#include "base/messages.def"\n' | \
	    $(CC) -E -Iengine -xc - | sed 's/N_("")//g' > $(B)/gen/messages.i
	find engine -name '*.[ch]' | LC_ALL=C sort | xgettext --files-from=- --language=C --from-code=UTF-8 \
	    --package-name=rehearse --add-location=file --keyword --keyword=tr:2 --keyword=trn:2,3 --keyword=trc:2c,3 \
	    --keyword=N_ --keyword=both_tr:1 --keyword=both_fill:2 --keyword=both_count:2,3 --keyword=wall_fill:2 \
	    --sort-by-file -o $(B)/gen/rehearse.pot $(B)/gen/messages.i
po-update: po-collect
	for po in $(PO); do msgmerge --quiet --no-fuzzy-matching --sort-by-file --add-location=file --update --backup=none $$po \
	    $(B)/gen/rehearse.pot; msgfmt --statistics -o /dev/null $$po; done

.PHONY: po-collect po-update
