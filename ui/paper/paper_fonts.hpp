// What is behind PaperFonts; for the files of this folder that draw.
#pragma once

#include <memory>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include "ui/paper/sheet.hpp"

namespace liqu::ui {

struct ObjectDeleter {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <typename T>
using Object = std::unique_ptr<T, ObjectDeleter>;

struct PaperFonts::Pango {
    Pango() = default;
    Pango(const Pango&) = delete;
    Pango& operator=(const Pango&) = delete;
    ~Pango() {
        // The map does not let go of its configuration by itself.
        if (map) pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), nullptr);
    }

    Object<PangoFontMap> map;
    Object<PangoContext> context;
};

}  // namespace liqu::ui
