// Buttons and the blocks of a page: how tall they are at a width, and how they are drawn.
// Main thread only.
#pragma once

#include "ui/toolkit/arrangement.hpp"
#include "ui/toolkit/page.hpp"
#include "ui/toolkit/scene.hpp"

namespace liqu::ui {

// How thick the frame of what a finger is on becomes: the change is seen without colours.
inline constexpr float heldFrame = 14;

// Letters of dense pages.
float denseSize(const Scene& scene);

float heightOf(Scene& scene, const Button& button, float width);
// Whether a word of it has no room in this width.
bool cutsLabel(Scene& scene, const Button& button, float width);
void draw(Scene& scene, const Button& button, const Rect& place, bool enabled);

// Answers whether it was touched.
bool drawTurn(Scene& scene, const Turn& turn, const Rect& place);

float heightOf(Scene& scene, const Block& block, float width);
// Whether a word of a paragraph or a notice is longer than the line.
bool cutsWord(Scene& scene, const Block& block, float width);
// `id` is unique on the page: "block-2".
void draw(Scene& scene, const Block& block, const Rect& place, const std::string& id);

// The parts of draw(Block) that have files of their own.
float heightOf(Scene& scene, const Choices& choices, float width);
void draw(Scene& scene, const Choices& choices, const Rect& place, const std::string& id);
float heightOf(Scene& scene, const StepList& list, float width);
void draw(Scene& scene, const StepList& list, const Rect& place, const std::string& id);
float heightOf(Scene& scene, const ProgressBar& bar, float width);
void draw(Scene& scene, const ProgressBar& bar, const Rect& place, const std::string& id);
float heightOf(Scene& scene, const Fields& fields, float width);
void draw(Scene& scene, const Fields& fields, const Rect& place, const std::string& id);
float heightOf(Scene& scene, const Keypad& keypad, float width);
void draw(Scene& scene, const Keypad& keypad, const Rect& place, const std::string& id);
float heightOf(Scene& scene, const Table& table, float width);
void draw(Scene& scene, const Table& table, const Rect& place, const std::string& id);
float heightOf(Scene& scene, const FactTable& facts, float width);
void draw(Scene& scene, const FactTable& facts, const Rect& place, const std::string& id);
float heightOf(Scene& scene, const QrCode& code, float width);
void draw(Scene& scene, const QrCode& code, const Rect& place, const std::string& id);
float heightOf(Scene& scene, const Options& options, float width);
void draw(Scene& scene, const Options& options, const Rect& place, const std::string& id);
float heightOf(Scene& scene, const Tiles& tiles, float width);
void draw(Scene& scene, const Tiles& tiles, const Rect& place, const std::string& id);

}  // namespace liqu::ui
