// Recorded clips against the words of the pages: what has none yet, and what a manifest names that
// would never be heard, because the words have changed since or the file is no sound.
#pragma once

#include <string>
#include <vector>

#include "ui/speech/clips.hpp"
#include "ui/toolkit/dictionary.hpp"

namespace liqu::ui {

struct Recordable {
    std::string key;
    std::string words;  // as they are said
    bool hasClip = false;
    bool isStale = false;  // other words were recorded
};

// What citizens hear and can be recorded: no words of staff, none with a value in them.
std::vector<Recordable> recordableWords(const Dictionary& words, const Clips& clips,
                                        const Language& language);

// One fault for each clip, by its key. `region`: the same words with the region's laid over; a clip
// may be of either.
Faults faultsOfClips(const Clips& clips, const Dictionary& words, const Dictionary& region,
                     const Language& language);

}  // namespace liqu::ui
